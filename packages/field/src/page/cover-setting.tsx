import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { COVERS } from "./cover/names.ts"
import { Choice } from "./entry.tsx"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** Which small tool stands there first, and how to get past it: the one place where that is told. */
export function CoverSetting({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const { cover: said } = words.shell.more
  const { appearance, choose, lock } = state.shell
  const { cover } = appearance.value
  const [isKept, setKept] = useState(true)
  return (
    <Setting heading={said.heading}>
      <fieldset aria-label={said.name}>
        <p>{said.what}</p>
        <Choice
          name="cover"
          choices={said.choices}
          chosen={cover ?? "none"}
          onChoose={(value) => {
            const chosen = COVERS.find((name) => name === value) ?? null
            void choose({ cover: chosen, language: words.direction === "ltr" ? "en" : "fa" }).then(setKept)
          }}
        />
      </fieldset>
      <div aria-live="polite">
        {!isKept && <p class="trouble">{said.notKept}</p>}
        {cover !== null && (
          <>
            {said.ways[cover].map((way) => (
              <p key={way} class="way">
                {way}
              </p>
            ))}
            <p>{said.install}</p>
          </>
        )}
      </div>
      <p class="note">{said.limits}</p>
      {cover !== null && (
        <button type="button" class="second" onClick={lock}>
          {said.look}
        </button>
      )}
    </Setting>
  )
}
