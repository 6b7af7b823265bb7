import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { Standing } from "../engine/protocol.ts"
import { formatDay } from "./format.ts"
import { Proof } from "./proof.tsx"
import type { State } from "./state.ts"

/** What must be seen before all else: warnings, and answers, which stay until a person puts them away. */
export function FromDesk({
  state,
  standing,
}: {
  readonly state: State
  readonly standing: Standing
}): JSX.Element | null {
  const words = state.words.value
  const { warnings, replies, proofs } = standing
  // Whoever asked stands at the other end of the page.
  const answers = useRef<HTMLHeadingElement>(null)
  const shown = useRef(0)
  useEffect(() => {
    if (replies.length > shown.current) answers.current?.focus()
    shown.current = replies.length
  }, [replies.length])
  if (warnings.length + replies.length + proofs === 0) return null
  return (
    <section class="from-desk" aria-label={words.fromDesk.heading}>
      {proofs > 0 && <Proof state={state} />}
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
          {replies.map((reply) => (
            <p key={reply} class="reply" dir="auto">
              {reply}
            </p>
          ))}
          <p class="note">{words.heard.replyKept}</p>
          <button
            type="button"
            class="second"
            disabled={state.busy.value !== null}
            onClick={() => void state.hearing.putAway({ kind: "read-replies", replies })}
          >
            {words.heard.read}
          </button>
        </>
      )}
    </section>
  )
}
