import type { JSX, RefObject } from "preact"
import { useState } from "preact/hooks"
import { Line } from "./entry.tsx"
import type { State } from "./state.ts"

/**
 * Where a passphrase is typed: large, as dots until it is to be seen. A field for text all the same: what stands in a
 * field for passwords, browsers offer to keep.
 */
export function Secret(props: {
  readonly state: State
  readonly id: string
  readonly label: string
  readonly into: RefObject<HTMLInputElement | null>
  readonly onEnter: () => void
  /** Whether it takes the focus when it comes. */
  readonly takesFocus?: boolean
}): JSX.Element {
  const { into, takesFocus } = props
  const { secret } = props.state.words.value.lock
  const [isSeen, setSeen] = useState(false)
  return (
    <div class={isSeen ? "secret" : "secret masked"}>
      <label class="field" for={props.id}>
        {props.label}
      </label>
      <Line
        id={props.id}
        into={(input) => {
          if (input !== null && into.current === null && takesFocus === true) input.focus()
          into.current = input
        }}
        onEnter={props.onEnter}
      />
      <button type="button" class="quiet" aria-pressed={isSeen} onClick={() => setSeen(!isSeen)}>
        {secret.show}
      </button>
      {!("WebAssembly" in globalThis) && <p class="note">{secret.slow}</p>}
    </div>
  )
}
