import type { JSX } from "preact"
import type { Standing } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { formatCount, formatDay } from "./format.ts"

const DAY_MS = 86_400_000
/** From here on silence is said to be long. */
const LONG_DAYS = 14
/** A unit's key lapses after so long unless it is renewed. */
const LAPSE_DAYS = 90
/** A term lasts at most so long; the last one of a card is used on, and whoever holds its key may not answer to it any more. */
const TERM_DAYS = 30

/** How long ago the desk was heard, and what that means. Always there: silence must be seen. */
export function LastHeard(props: {
  readonly words: Words
  readonly standing: Standing
  /** YYYY-MM-DD, by this device. */
  readonly today: string
}): JSX.Element {
  const { words, standing, today } = props
  const said = words.heard
  const { heardOn, termFrom } = standing
  const days = heardOn === null ? null : daysBetween(heardOn, today)
  const advice =
    days !== null && days < 0
      ? said.clock
      : termFrom.first !== null && today < termFrom.first
        ? said.clock
        : days !== null && days >= LAPSE_DAYS
          ? said.lapsed
          : termFrom.last !== null && daysBetween(termFrom.last, today) > TERM_DAYS
            ? said.oldTerms
            : days !== null && days >= LONG_DAYS
              ? said.long
              : null
  return (
    <div class="last-heard">
      <p>
        {heardOn === null || days === null
          ? said.never
          : said.ago(days, formatCount(days, words), formatDay(heardOn, words))}
      </p>
      {advice !== null && <p class="advice">{advice}</p>}
    </div>
  )
}

function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}
