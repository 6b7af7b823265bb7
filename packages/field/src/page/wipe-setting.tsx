import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** The way to wipe that needs neither a steady finger nor a keyboard: two taps, the second not where the first was. */
export function WipeSetting({ state }: { readonly state: State }): JSX.Element {
  const { wipe } = state.words.value.shell.more
  const [isAsked, setAsked] = useState(false)
  return (
    <Setting heading={wipe.heading}>
      {wipe.texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <button type="button" class={isAsked ? "second" : "second danger"} onClick={() => setAsked(!isAsked)}>
        {isAsked ? wipe.no : wipe.ask}
      </button>
      {isAsked && (
        <div role="alert">
          <p>{wipe.sure}</p>
          <button type="button" class="second danger" onClick={state.shell.wipe}>
            {wipe.yes}
          </button>
        </div>
      )}
    </Setting>
  )
}
