import type { Consent } from "@govah/core/report"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { SavedDraft } from "../draft/index.ts"
import type { ReportInput } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { DayEntry, type DayState, readDay, saveDay, useDay } from "./day-entry.tsx"
import { Choice } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"

type From = "any" | "day"

export interface ConsentState {
  readonly publish: Consent
  readonly choose: (publish: Consent) => void
  readonly from: From
  readonly chooseFrom: (from: From) => void
  readonly day: DayState
}

export function useConsent(saved: SavedDraft["consent"] | undefined): ConsentState {
  const [publish, choose] = useState<Consent>(saved?.publish ?? "nothing")
  const [from, chooseFrom] = useState<From>(saved?.from ?? "any")
  return { publish, choose, from, chooseFrom, day: useDay(saved?.day ?? null) }
}

/** What stands in the fields. */
export function saveConsent({ publish, from, day }: ConsentState, words: Words): SavedDraft["consent"] {
  return { publish, from, day: saveDay(day, words) }
}

/** What was chosen; null where the day is not one. */
export function readConsent(state: ConsentState, words: Words): NonNullable<ReportInput["consent"]> | null {
  const { publish, from } = state
  if (publish === "nothing" || from === "any") return { publish, notBefore: null }
  const notBefore = readDay(state.day, words)
  return notBefore === null ? null : { publish, notBefore }
}

/** What may be published, and not before when. */
export function ConsentEntry(props: { readonly words: Words; readonly consent: ConsentState }): JSX.Element {
  const { words, consent } = props
  const texts = words.consent
  return (
    <Foldout heading={texts.heading} value={texts.choices[consent.publish]} note={texts.note}>
      <Choice name="consent" choices={texts.choices} chosen={consent.publish} onChoose={consent.choose} />
      {consent.publish !== "nothing" && (
        <fieldset class="inner">
          <legend>{texts.from}</legend>
          <Choice
            name="consent-from"
            choices={texts.fromChoices}
            chosen={consent.from}
            onChoose={consent.chooseFrom}
          />
          {consent.from === "day" && <DayEntry id="consent-day" words={words} state={consent.day} />}
        </fieldset>
      )}
    </Foldout>
  )
}
