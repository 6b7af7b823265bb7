import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { DeskShown } from "../engine/protocol.ts"
import { DeliveryLine } from "./delivery-line.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** After *keep*: that it is kept, how far it has come, and whether the page may be closed. */
export function Delivery({ state, desk }: { readonly state: State; readonly desk: DeskShown }): JSX.Element {
  const words = state.words.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section class="delivery" aria-labelledby="kept-done">
      <h1 id="kept-done" tabIndex={-1} ref={heading}>
        {words.keep.done}
      </h1>
      <DeliveryLine state={state} desk={desk} />
      {state.failure.value !== null && <Trouble text={words.failures[state.failure.value]} />}
      <button
        type="button"
        class="second"
        onClick={() => {
          state.failure.value = null
          state.following.value = false
          state.shell.drop()
        }}
      >
        {words.keep.another}
      </button>
    </section>
  )
}
