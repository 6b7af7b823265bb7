import type { JSX, RefObject } from "preact"
import { type StateUpdater, useRef, useState } from "preact/hooks"
import { latinDigits, persianDay } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { Line } from "./entry.tsx"
import { formatCount, monthNames } from "./format.ts"

/** One day as it is typed, in either calendar. */
export interface DayState {
  readonly day: RefObject<HTMLInputElement | null>
  readonly month: RefObject<HTMLSelectElement | null>
  readonly year: RefObject<HTMLInputElement | null>
  /** Null until it was chosen: then that of the reader's language. */
  readonly calendar: Words["calendar"] | null
  readonly choose: (calendar: StateUpdater<Words["calendar"] | null>) => void
}

export function useDay(): DayState {
  const [calendar, choose] = useState<Words["calendar"] | null>(null)
  return {
    day: useRef<HTMLInputElement>(null),
    month: useRef<HTMLSelectElement>(null),
    year: useRef<HTMLInputElement>(null),
    calendar,
    choose,
  }
}

/** What was typed, as `parseWhen` reads it; null where it is no day of its calendar. */
export function readDay(state: DayState, words: Words): string | null {
  const [year, day] = [state.year, state.day].map((ref) => latinDigits(ref.current?.value.trim() ?? ""))
  const month = state.month.current?.value ?? ""
  // A year of the other calendar would silently be another century.
  const isPersian = (state.calendar ?? words.calendar) === "persian"
  const fits = /^\d{4}$/.test(year ?? "") && (Number(year) >= 1300 && Number(year) <= 1500) === isPersian
  return fits && /^\d{1,2}$/.test(day ?? "") ? `${year}-${month}-${day}` : null
}

/** Day, month by name, year; and in which calendar. @param props.id - of the fields, unlike that of any other. */
export function DayEntry(props: {
  readonly id: string
  readonly words: Words
  readonly state: DayState
}): JSX.Element {
  const { id, words, state } = props
  const calendar = state.calendar ?? words.calendar
  const now = thisDay(calendar)
  const plain = (value: number): string => formatCount(value, words).replace(/[٬,]/g, "")
  return (
    <div>
      <div class="date" key={calendar}>
        <div>
          <label class="field" for={`${id}-day`}>
            {words.day.day}
          </label>
          <Line id={`${id}-day`} inputMode="numeric" size={3} into={state.day} />
        </div>
        <div>
          <label class="field" for={`${id}-month`}>
            {words.day.month}
          </label>
          <select id={`${id}-month`} autocomplete="off" ref={state.month}>
            {monthNames(words, calendar).map((name, i) => (
              <option key={name} value={i + 1} selected={i + 1 === now.month}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label class="field" for={`${id}-year`}>
            {words.day.year}
          </label>
          <Line
            id={`${id}-year`}
            inputMode="numeric"
            size={5}
            into={(input) => {
              state.year.current = input
              if (input !== null && input.value === "") input.value = plain(now.year)
            }}
          />
        </div>
      </div>
      <label class="field" for={`${id}-calendar`}>
        {words.day.calendar}
      </label>
      <select
        id={`${id}-calendar`}
        autocomplete="off"
        value={calendar}
        onChange={(event) => state.choose(event.currentTarget.value as Words["calendar"])}
      >
        {(["persian", "gregory"] as const).map((one) => (
          <option key={one} value={one}>
            {words.day.calendars[one]}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Today where the person is, YYYY-MM-DD. */
export function localDay(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

function thisDay(calendar: Words["calendar"]): { readonly year: number; readonly month: number } {
  const iso = localDay()
  if (calendar === "persian") return persianDay(iso)
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)) }
}
