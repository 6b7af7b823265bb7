import type { JSX, RefObject } from "preact"
import { type StateUpdater, useRef, useState } from "preact/hooks"
import { shiftDay } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { DayEntry, type DayState, localDay, readDay, useDay } from "./day-entry.tsx"
import { Choice } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"

type When = keyof Words["when"]["choices"]

export interface WhenState {
  readonly chosen: When
  readonly choose: (value: StateUpdater<When>) => void
  readonly day: DayState
  readonly last: DayState
  readonly about: RefObject<HTMLInputElement | null>
}

export function useWhen(): WhenState {
  const [chosen, choose] = useState<When>("unsaid")
  return { chosen, choose, day: useDay(), last: useDay(), about: useRef<HTMLInputElement>(null) }
}

/** What was chosen, as `parseWhen` reads it; empty where no time is given, null where a day is not one. */
export function readWhen(when: WhenState, words: Words): string | null {
  const about = when.about.current?.checked === true ? "~" : ""
  const today = localDay()
  switch (when.chosen) {
    case "unsaid":
      return ""
    case "today":
      return about + today
    case "yesterday":
      return about + shiftDay(today, -1)
    case "other":
    case "days": {
      const days = [when.day, ...(when.chosen === "days" ? [when.last] : [])]
      const read = days.map((day) => readDay(day, words))
      return read.includes(null) ? null : about + read.join("..")
    }
  }
}

/** When: two taps for most, the reader's own calendar or the other for the rest. */
export function WhenEntry({ words, when }: { readonly words: Words; readonly when: WhenState }): JSX.Element {
  const texts = words.when
  return (
    <Foldout heading={texts.heading} value={texts.choices[when.chosen]} note={texts.skip}>
      <Choice name="when" choices={texts.choices} chosen={when.chosen} onChoose={when.choose} />
      {when.chosen === "other" && <DayEntry id="when" words={words} state={when.day} />}
      {when.chosen === "days" && (
        <>
          <fieldset class="inner">
            <legend>{texts.from}</legend>
            <DayEntry id="when-from" words={words} state={when.day} />
          </fieldset>
          <fieldset class="inner">
            <legend>{texts.to}</legend>
            <DayEntry id="when-to" words={words} state={when.last} />
          </fieldset>
        </>
      )}
      {when.chosen !== "unsaid" && (
        <label class="choice lone">
          <input type="checkbox" autocomplete="off" ref={when.about} />
          <span>{texts.about}</span>
        </label>
      )}
    </Foldout>
  )
}
