import type { JSX, RefObject } from "preact"
import { type StateUpdater, useRef, useState } from "preact/hooks"
import { latinDigits, persianDay, shiftDay } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { Choice, Line } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"
import { formatCount, monthNames } from "./format.ts"

type When = "unsaid" | "today" | "yesterday" | "other"

export interface WhenState {
  readonly chosen: When
  readonly choose: (value: StateUpdater<When>) => void
  readonly day: RefObject<HTMLInputElement | null>
  readonly month: RefObject<HTMLSelectElement | null>
  readonly year: RefObject<HTMLInputElement | null>
  readonly about: RefObject<HTMLInputElement | null>
}

export function useWhen(): WhenState {
  const [chosen, choose] = useState<When>("unsaid")
  return {
    chosen,
    choose,
    day: useRef<HTMLInputElement>(null),
    month: useRef<HTMLSelectElement>(null),
    year: useRef<HTMLInputElement>(null),
    about: useRef<HTMLInputElement>(null),
  }
}

/** What was chosen, as `parseWhen` reads it; empty where no time is given, null where the day is not one. */
export function readWhen(when: WhenState, words: Words): string | null {
  const about = when.about.current?.checked === true ? "~" : ""
  const today = localDay()
  if (when.chosen === "unsaid") return ""
  if (when.chosen === "today") return about + today
  if (when.chosen === "yesterday") return about + shiftDay(today, -1)
  const [year, day] = [when.year, when.day].map((ref) => latinDigits(ref.current?.value.trim() ?? ""))
  const month = when.month.current?.value ?? ""
  // A year of the other calendar would silently be another century.
  const persian = words.calendar === "persian"
  const fits = /^\d{4}$/.test(year ?? "") && (Number(year) >= 1300 && Number(year) <= 1500) === persian
  return fits && /^\d{1,2}$/.test(day ?? "") ? `${about}${year}-${month}-${day}` : null
}

/** When: two taps for most, the reader's own calendar for the rest. */
export function WhenEntry({ words, when }: { readonly words: Words; readonly when: WhenState }): JSX.Element {
  const now = thisDay(words)
  const plain = (value: number): string => formatCount(value, words).replace(/[٬,]/g, "")
  return (
    <Foldout heading={words.when.heading} value={words.when.choices[when.chosen]}>
      <Choice name="when" choices={words.when.choices} chosen={when.chosen} onChoose={when.choose} />
      {when.chosen === "other" && (
        <div class="date" key={words.calendar}>
          <div>
            <label class="field" for="when-day">
              {words.when.day}
            </label>
            <Line id="when-day" inputMode="numeric" size={3} into={when.day} />
          </div>
          <div>
            <label class="field" for="when-month">
              {words.when.month}
            </label>
            <select id="when-month" autocomplete="off" ref={when.month}>
              {monthNames(words).map((name, i) => (
                <option key={name} value={i + 1} selected={i + 1 === now.month}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label class="field" for="when-year">
              {words.when.year}
            </label>
            <Line
              id="when-year"
              inputMode="numeric"
              size={5}
              into={(input) => {
                when.year.current = input
                if (input !== null && input.value === "") input.value = plain(now.year)
              }}
            />
          </div>
        </div>
      )}
      {when.chosen !== "unsaid" && (
        <label class="choice lone">
          <input type="checkbox" autocomplete="off" ref={when.about} />
          <span>{words.when.about}</span>
        </label>
      )}
    </Foldout>
  )
}

/** Today where the person is, YYYY-MM-DD. */
function localDay(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

function thisDay(words: Words): { readonly year: number; readonly month: number } {
  const iso = localDay()
  if (words.calendar === "persian") return persianDay(iso)
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)) }
}
