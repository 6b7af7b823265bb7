/** A calendar that a date can be given in. */
export type Calendar = "persian" | "gregory"

/** Year, month 1–12 and day of one calendar. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DAY_MS = 86_400_000

/** A day `YYYY-MM-DD` in a calendar. */
export function dayInCalendar(iso: string, calendar: Calendar): CalendarDay {
  return partsOf(Date.parse(`${iso}T12:00:00Z`), calendar)
}

/**
 * The day `YYYY-MM-DD` that a calendar's day is; null where there is no such day (30 February, 30 Esfand of a short year).
 * Which Persian years are long is left to the engine: it is tried, not computed.
 */
export function isoDay({ year, month, day }: CalendarDay, calendar: Calendar): string | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  const before = month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30
  const guessMs =
    calendar === "gregory"
      ? Date.UTC(year, month - 1, day, 12)
      : Date.UTC(year + 621, 2, 21, 12) + (before + day - 1) * DAY_MS
  for (const step of [0, -1, 1, -2, 2]) {
    const ms = guessMs + step * DAY_MS
    const parts = partsOf(ms, calendar)
    if (parts.year === year && parts.month === month && parts.day === day)
      return new Date(ms).toISOString().slice(0, 10)
  }
  return null
}

/** Names of the twelve months, in a language. */
export function monthNames(calendar: Calendar, language: "fa" | "en"): readonly string[] {
  const format = new Intl.DateTimeFormat(`${language}-u-ca-${calendar}`, { month: "long", timeZone: "UTC" })
  const year = calendar === "gregory" ? 2021 : 1400
  return Array.from({ length: 12 }, (_, i) =>
    format.format(Date.parse(`${isoDay({ year, month: i + 1, day: 10 }, calendar)}T12:00:00Z`)),
  )
}

// Made once: making one takes a hundred times as long as using it.
const FORMATS: Readonly<Record<Calendar, Intl.DateTimeFormat>> = {
  persian: partsFormat("persian"),
  gregory: partsFormat("gregory"),
}

function partsFormat(calendar: Calendar): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  })
}

function partsOf(ms: number, calendar: Calendar): CalendarDay {
  const parts = FORMATS[calendar].formatToParts(ms)
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value)
  return { year: part("year"), month: part("month"), day: part("day") }
}
