import type { JSX } from "preact"
import type { Standing } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { formatCount } from "./format.ts"

/** Tells that a crash had cut recordings, and that they are not lost. */
export function CutRecordings(props: {
  readonly words: Words
  readonly standing: Standing
}): JSX.Element | null {
  const { words, standing } = props
  const count = standing.cutRecordings
  if (count === 0) return null
  return <output class="cut">{words.recording.cut(count, formatCount(count, words))}</output>
}
