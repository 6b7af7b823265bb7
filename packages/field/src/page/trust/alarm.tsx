import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Alarm } from "../../trust/alarm.ts"
import type { Words } from "../../words/index.ts"
import type { Program } from "./program.ts"
import "./trust.css"

/** Instead of everything else, for as long as it stands: no passphrase is asked for under it. */
export function AlarmScreen(props: {
  readonly words: Words
  readonly alarm: Alarm
  readonly program: Program
}): JSX.Element {
  const words = props.words.trust.alarm
  const [isAsked, setAsked] = useState(false)
  const isLooking = props.program.looking.value
  return (
    <section class="alarm" role="alert" aria-labelledby="alarm">
      <h1 id="alarm">{words.heading}</h1>
      <p>{words.what[props.alarm]}</p>
      <p>
        <strong>{words.safe}</strong>
      </p>
      <h2>{words.doHeading}</h2>
      <ol>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button
        type="button"
        class="second"
        disabled={isLooking}
        onClick={() => (isAsked ? void props.program.again() : setAsked(true))}
      >
        {isLooking ? words.looking : isAsked ? words.sure : words.again}
      </button>
    </section>
  )
}
