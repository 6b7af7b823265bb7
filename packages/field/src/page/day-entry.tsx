import type { JSX, RefObject } from "preact"
import { type StateUpdater, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { SavedDay } from "../draft/index.ts"
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
  /** What was saved of it, until its fields are there to take it. */
  readonly saved: RefObject<SavedDay | null>
}

export function useDay(saved: SavedDay | null): DayState {
  const [calendar, choose] = useState<Words["calendar"] | null>(saved?.calendar ?? null)
  return {
    day: useRef<HTMLInputElement>(null),
    month: useRef<HTMLSelectElement>(null),
    year: useRef<HTMLInputElement>(null),
    calendar,
    choose,
    saved: useRef(saved),
  }
}

/** What stands in the fields; null where they are not there. */
export function saveDay(state: DayState, words: Words): SavedDay | null {
  const [day, month, year] = [state.day, state.month, state.year].map((ref) => ref.current?.value)
  if (day === undefined || month === undefined || year === undefined) return state.saved.current
  return { day, month, year, calendar: state.calendar ?? words.calendar }
}

/** A day that is one, as it would be typed. */
export function typedDay(iso: string, calendar: Words["calendar"]): SavedDay {
  const [year, month, day] = iso.split("-").map(Number)
  const typed = calendar === "persian" ? persianDay(iso) : { year, month, day }
  return { day: `${typed.day}`, month: `${typed.month}`, year: `${typed.year}`, calendar }
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
  useLayoutEffect(() => {
    const saved = state.saved.current
    state.saved.current = null
    if (saved === null) return
    if (state.day.current !== null) state.day.current.value = saved.day
    if (state.month.current !== null) state.month.current.value = saved.month
    if (state.year.current !== null) state.year.current.value = saved.year
  }, [])
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
