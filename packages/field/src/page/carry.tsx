import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { askForFile } from "./entry.tsx"
import type { State } from "./state.ts"

/** The road without a network: a file for a carrier, and a file that one brought. */
export function Carry({ state, waits }: { readonly state: State; readonly waits: boolean }): JSX.Element {
  const words = state.words.value.carry
  const busy = state.busy.value
  const carried = state.carried.value
  const chooser = useRef<HTMLInputElement | null>(null)

  function choose(): void {
    chooser.current = askForFile((file) => void state.openFile(file))
  }

  return (
    <>
      <div class="row">
        {waits && (
          <button type="button" class="second" disabled={busy !== null} onClick={() => void state.saveFile()}>
            {busy === "saving" ? words.saving : words.save}
          </button>
        )}
        <button type="button" class="second" disabled={busy !== null} onClick={choose}>
          {busy === "opening" ? words.opening : words.open}
        </button>
      </div>
      <output>{carried === null ? "" : words.outcome[carried]}</output>
    </>
  )
}
