import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { formatCount } from "./format.ts"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** A list of places that a desk hands out: taken in, named with its source, and taken away again. */
export function PlacesSetting({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const { pack: text, source } = words.place
  const { pack, openPack, removePack } = state.kept
  const [wrong, setWrong] = useState<keyof typeof text.failures | null>(null)
  const there = pack.value
  return (
    <Setting heading={text.heading}>
      <p>{text.what}</p>
      {wrong !== null && <Trouble text={text.failures[wrong]} />}
      {there !== null && (
        <>
          <output>{text.there(there.title, formatCount(there.count, words))}</output>
          <p class="note">{source(there.attribution, there.licence)}</p>
          <button type="button" class="second" onClick={() => void removePack()}>
            {text.remove}
          </button>
        </>
      )}
      <label class="button second">
        <input
          type="file"
          autocomplete="off"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            // The field forgets it at once: it would keep its name.
            event.currentTarget.value = ""
            if (file !== undefined) void openPack(file).then(setWrong)
          }}
        />
        <span>{text.choose}</span>
      </label>
    </Setting>
  )
}
