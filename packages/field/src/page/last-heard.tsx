import type { JSX } from "preact"
import { daysBetween, silenceOf } from "../check/silence.ts"
import type { Standing } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { formatCount, formatDay } from "./format.ts"

/** How long ago the desk was heard, and what that means. Always there: silence must be seen. */
export function LastHeard(props: {
  readonly words: Words
  readonly standing: Standing
  /** YYYY-MM-DD, by this device. */
  readonly today: string
}): JSX.Element {
  const { words, standing, today } = props
  const { heardOn } = standing
  const silence = silenceOf(standing, today)
  const days = heardOn === null ? 0 : daysBetween(heardOn, today)
  return (
    <div class="last-heard">
      <p>
        {heardOn === null
          ? words.heard.never
          : words.heard.ago(days, formatCount(days, words), formatDay(heardOn, words))}
      </p>
      {silence !== null && <p class="advice">{words.heard.silence[silence]}</p>}
    </div>
  )
}
