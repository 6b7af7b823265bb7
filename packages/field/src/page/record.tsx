import type { JSX } from "preact"
import type { DeskShown } from "../engine/protocol.ts"
import { Delivery } from "./delivery.tsx"
import { Draft } from "./draft.tsx"
import type { Begun } from "./shell.ts"
import type { State } from "./state.ts"

/** A report and, once it is kept, its way. */
export function Record(props: {
  readonly state: State
  readonly desk: DeskShown
  /** How it was begun: a new object for each tap at home. */
  readonly begun: Begun
}): JSX.Element {
  if (props.state.following.value) return <Delivery state={props.state} desk={props.desk} />
  return <Draft {...props} />
}
