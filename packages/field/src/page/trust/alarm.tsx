import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Alarm } from "../../trust/alarm.ts"
import type { Words } from "../../words/index.ts"
import { download } from "../download.ts"
import type { Program } from "./program.ts"
import "./trust.css"

/** What waits can be taken out of a program that is not to be opened any more: sealed, and without the passphrase. */
function Waiting(props: { readonly words: Words["trust"]["alarm"]; readonly program: Program }): JSX.Element {
  const { words } = props
  const [after, setAfter] = useState<number | null>(0)
  const [said, setSaid] = useState<"saved" | "nothing" | "failed" | null>(null)
  async function save(): Promise<void> {
    setSaid(null)
    try {
      const saved = await props.program.waitingFile(after ?? 0)
      if (saved !== null) download(saved.name, saved.file as Blob)
      setAfter(saved?.next ?? null)
      setSaid(saved === null ? "nothing" : "saved")
    } catch {
      setSaid("failed")
    }
  }
  return (
    <>
      <button type="button" class="main" onClick={() => void save()}>
        {(after ?? 0) > 0 ? words.saveNext : words.save}
      </button>
      <output>{said === null ? "" : words[said]}</output>
    </>
  )
}

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
      <Waiting words={words} program={props.program} />
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
