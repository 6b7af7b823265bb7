import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { isoDay, isoOfPersian, persianDay } from "../../report/day.ts"
import { latinDigits } from "../../report/when.ts"
import { Line } from "../entry.tsx"
import type { CoverWords } from "./cover-words.ts"
import { createWayIn, Display, type WayIn } from "./way-in.tsx"

type Calendar = "persian" | "gregory"
interface DayTyped {
  readonly day: string
  readonly month: number
  readonly year: string
}

/** Turns a day of one calendar into the other's. It opens on today. */
export function CalendarTurner(props: {
  readonly words: CoverWords
  readonly onEnter: () => void
}): JSX.Element {
  const { words } = props
  const [from, setFrom] = useState<Calendar>("persian")
  const [typed, setTyped] = useState<DayTyped>(() => today("persian", words))
  const kept = useRef<WayIn | null>(null)
  const wayIn = (kept.current ??= createWayIn(props.onEnter))
  const day = useRef<HTMLInputElement | null>(null)
  const year = useRef<HTMLInputElement | null>(null)
  const iso = isoOf(from, typed)

  function put(next: DayTyped): void {
    setTyped(next)
    if (day.current !== null) day.current.value = next.day
    if (year.current !== null) year.current.value = next.year
  }
  function type(part: Partial<DayTyped>): void {
    wayIn.other()
    setTyped({ ...typed, ...part })
  }
  const other = from === "persian" ? "gregory" : "persian"

  return (
    <div class="turner">
      <h1>{words.calendar.from[from]}</h1>
      <Display class="day" onEnter={props.onEnter}>
        <output aria-live="polite">
          {iso === null ? (
            <p class="big">{words.calendar.noSuchDay}</p>
          ) : (
            <>
              <p class="big">{long(iso, other, words)}</p>
              <p>{long(iso, from, words)}</p>
            </>
          )}
        </output>
      </Display>
      <div class="date">
        <div>
          <label class="field" for="day">
            {words.calendar.day}
          </label>
          <Line
            id="day"
            inputMode="numeric"
            size={3}
            into={(input) => {
              day.current = input
              if (input !== null && input.value === "") input.value = typed.day
            }}
            onInput={(value) => type({ day: value })}
          />
        </div>
        <div>
          <label class="field" for="month">
            {words.calendar.month}
          </label>
          <select
            id="month"
            autocomplete="off"
            value={String(typed.month)}
            onChange={(event) => type({ month: Number(event.currentTarget.value) })}
          >
            {months(from, words).map((name, i) => (
              <option key={name} value={String(i + 1)}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label class="field" for="year">
            {words.calendar.year}
          </label>
          <Line
            id="year"
            inputMode="numeric"
            size={5}
            into={(input) => {
              year.current = input
              if (input !== null && input.value === "") input.value = typed.year
            }}
            onInput={(value) => type({ year: value })}
          />
        </div>
      </div>
      <div class="row">
        <button
          type="button"
          class="second"
          onClick={() => {
            const now = today(from, words)
            wayIn.mainKey(isoOf(from, now) === iso)
            put(now)
          }}
        >
          {words.calendar.today}
        </button>
        <button
          type="button"
          class="second"
          onClick={() => {
            wayIn.other()
            setFrom(other)
            put(iso === null ? today(other, words) : parts(iso, other, words))
          }}
        >
          {words.calendar.turn}
        </button>
      </div>
    </div>
  )
}

function isoOf(calendar: Calendar, typed: DayTyped): string | null {
  const [day, year] = [typed.day, typed.year].map((text) => latinDigits(text.trim()))
  if (!/^\d{1,2}$/.test(day ?? "") || !/^\d{4}$/.test(year ?? "")) return null
  const [d, y] = [Number(day), Number(year)]
  return calendar === "gregory"
    ? isoDay(y, typed.month, d)
    : isoOfPersian({ year: y, month: typed.month, day: d })
}

function today(calendar: Calendar, words: CoverWords): DayTyped {
  const now = new Date()
  return parts(
    new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
    calendar,
    words,
  )
}

function parts(iso: string, calendar: Calendar, words: CoverWords): DayTyped {
  const [year, month, day] = iso.split("-").map(Number) as [number, number, number]
  const found = calendar === "persian" ? persianDay(iso) : { year, month, day }
  const number = new Intl.NumberFormat(words.locale, { useGrouping: false })
  return { day: number.format(found.day), month: found.month, year: number.format(found.year) }
}

function long(iso: string, calendar: Calendar, words: CoverWords): string {
  const noon = new Date(`${iso}T12:00:00Z`)
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(words.locale, { calendar, timeZone: "UTC", ...options }).format(noon)
  // One form for both: together with the day of the week, browsers turn Persian dates round.
  return `${say({ weekday: "long" })}${words.calendar.comma} ${say({ dateStyle: "long" })}`
}

function months(calendar: Calendar, words: CoverWords): readonly string[] {
  const format = new Intl.DateTimeFormat(words.locale, { calendar, month: "long", timeZone: "UTC" })
  return Array.from({ length: 12 }, (_, i) => {
    const iso =
      calendar === "persian" ? isoOfPersian({ year: 1400, month: i + 1, day: 5 }) : isoDay(2021, i + 1, 5)
    return format.format(new Date(`${iso}T12:00:00Z`))
  })
}
