import type { JSX } from "preact"
import { formatSize } from "./format.ts"
import type { State } from "./state.ts"

/** How far a large report is sealed, and a way to stop: then nothing of it is kept, and all of it is still on the page. */
export function Keeping({ state }: { readonly state: State }): JSX.Element | null {
  const words = state.words.value
  const keeping = state.keeping.value
  // Until the engine says how far it is, it is a matter of a moment.
  if (keeping === null) return null
  const text = words.keep.progress(formatSize(keeping.sealed, words), formatSize(keeping.total, words))
  return (
    <div class="keeping">
      <progress max={keeping.total} value={keeping.sealed} aria-label={words.keep.working} />
      <p class="note">{text}</p>
      <button type="button" class="second" onClick={() => void state.stopKeeping()}>
        {words.keep.stop}
      </button>
    </div>
  )
}
