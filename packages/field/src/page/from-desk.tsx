import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { Standing } from "../engine/protocol.ts"
import { formatDay } from "./format.ts"
import type { State } from "./state.ts"

/** What must be seen before all else: warnings, and answers, which are shown once. */
export function FromDesk({
  state,
  standing,
}: {
  readonly state: State
  readonly standing: Standing
}): JSX.Element | null {
  const words = state.words.value
  const replies = state.replies.value
  const { warnings } = standing
  // Whoever asked stands at the other end of the page, and an answer is not shown a second time.
  const answers = useRef<HTMLHeadingElement>(null)
  useEffect(() => answers.current?.focus(), [replies.length])
  if (warnings.length + replies.length === 0) return null
  return (
    <section class="from-desk" aria-label={words.fromDesk.heading}>
      {warnings.map((warning) => (
        <div key={`${warning.day} ${warning.words}`} class="trouble" role="alert">
          <strong>{words.fromDesk.warning[warning.kind]}</strong>
          {warning.subject !== null && (
            <p class="subject">
              <bdi>{warning.subject}</bdi>
            </p>
          )}
          <p dir="auto">{warning.words}</p>
          <p class="note">{formatDay(warning.day, words)}</p>
        </div>
      ))}
      {replies.length > 0 && (
        <>
          <h2 ref={answers} tabIndex={-1}>
            {words.fromDesk.replies}
          </h2>
          {replies.map((reply, i) => (
            // Nothing else tells two of the same words apart.
            <p key={`${i} ${reply}`} class="reply" dir="auto">
              {reply}
            </p>
          ))}
          <p class="note">{words.fromDesk.replyOnce}</p>
        </>
      )}
    </section>
  )
}
