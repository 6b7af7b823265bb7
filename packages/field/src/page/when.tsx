import type { JSX, RefObject } from "preact"
import { type StateUpdater, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { SavedDraft } from "../draft/index.ts"
import { shiftDay } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { DayEntry, type DayState, localDay, readDay, saveDay, typedDay, useDay } from "./day-entry.tsx"
import { Choice } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"

type When = keyof Words["when"]["choices"]

export interface WhenState {
  readonly chosen: When
  readonly choose: (value: StateUpdater<When>) => void
  readonly day: DayState
  readonly last: DayState
  readonly about: RefObject<HTMLInputElement | null>
  /** Whether it was said to be about so, before its field was there. */
  readonly wasAbout: boolean
}

export function useWhen(saved: SavedDraft | null, words: Words): WhenState {
  const [now] = useState(() => whenNow(saved, words))
  const [chosen, choose] = useState<When>(now.chosen)
  const [day, last] = [useDay(now.day), useDay(now.last)]
  return { chosen, choose, day, last, about: useRef<HTMLInputElement>(null), wasAbout: now.about }
}

/** What stands in the fields. */
export function saveWhen(when: WhenState, words: Words): SavedDraft["when"] {
  return {
    chosen: when.chosen,
    about: when.about.current?.checked ?? false,
    day: saveDay(when.day, words),
    last: saveDay(when.last, words),
  }
}

const UNSAID: SavedDraft["when"] = { chosen: "unsaid", about: false, day: null, last: null }

/** What was saved, as it is said today: what was today when it was saved may be yesterday by now, or a day by its date. */
function whenNow(saved: SavedDraft | null, words: Words): SavedDraft["when"] {
  if (saved === null) return UNSAID
  const { when, on } = saved
  if (when.chosen !== "today" && when.chosen !== "yesterday") return when
  const meant = shiftDay(on, when.chosen === "today" ? 0 : -1)
  const today = localDay()
  if (meant === today) return { ...when, chosen: "today" }
  if (meant === shiftDay(today, -1)) return { ...when, chosen: "yesterday" }
  return { ...when, chosen: "other", day: typedDay(meant, words.calendar) }
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
  useLayoutEffect(() => {
    if (when.about.current !== null) when.about.current.checked = when.wasAbout
  }, [])
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
