import type { JSX } from "preact"
import { Keeping } from "./keeping.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/**
 * What ends a report: the button, what stood in its way, and how far it has come. Apart from the report, so that none of these
 * draws all of it anew: on a slow phone that alone would be longer than a tap may wait.
 */
export function KeepPart(props: {
  readonly state: State
  /** Whether something is being recorded, which keeping ends first. */
  readonly isLive: boolean
  readonly onKeep: () => void
}): JSX.Element {
  const { state } = props
  const words = state.words.value
  const isKeeping = state.busy.value === "keeping"
  return (
    <>
      {state.failure.value !== null && <Trouble text={words.failures[state.failure.value]} />}
      <button type="button" class="main keep" disabled={state.busy.value !== null} onClick={props.onKeep}>
        {isKeeping ? words.keep.working : props.isLive ? words.keep.buttonLive : words.keep.button}
      </button>
      {isKeeping && <Keeping state={state} />}
    </>
  )
}
