import type { JSX } from "preact"
import type { Standing } from "../engine/protocol.ts"
import { formatDay } from "./format.ts"
import type { State } from "./state.ts"

/** What the desk says: warnings before all else on the page, then replies, bulletins and calls. */
export function FromDesk({
  state,
  standing,
}: {
  readonly state: State
  readonly standing: Standing
}): JSX.Element | null {
  const words = state.words.value
  const replies = state.replies.value
  const { warnings, bulletins, calls } = standing
  if (warnings.length + replies.length + bulletins.length + calls.length === 0) return null
  return (
    <section class="from-desk" aria-label={words.fromDesk.heading}>
      {warnings.map((warning) => (
        <p key={`${warning.day} ${warning.words}`} class="trouble" role="alert" dir="auto">
          <strong>{words.fromDesk.warning[warning.kind]}</strong> {warning.subject} {warning.words}{" "}
          <span class="note">{formatDay(warning.day, words)}</span>
        </p>
      ))}
      {replies.length > 0 && (
        <>
          <h2>{words.fromDesk.replies}</h2>
          {replies.map((reply, i) => (
            // Nothing else tells two of the same words apart.
            <p key={`${i} ${reply}`} class="reply" dir="auto">
              {reply}
            </p>
          ))}
          <p class="note">{words.fromDesk.replyOnce}</p>
        </>
      )}
      {bulletins.map((bulletin) => (
        <details key={`${bulletin.day} ${bulletin.title}`} lang={bulletin.language}>
          <summary dir="auto">{bulletin.title}</summary>
          <p class="reply" dir="auto">
            {bulletin.words}
          </p>
        </details>
      ))}
      {calls.map((call) => (
        <details key={`${call.from} ${call.title}`} lang={call.language}>
          <summary dir="auto">
            {words.fromDesk.call} {call.title}
          </summary>
          <p class="reply" dir="auto">
            {call.words}
          </p>
        </details>
      ))}
    </section>
  )
}
