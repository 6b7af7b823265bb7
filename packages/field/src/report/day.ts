/** A day of the Persian (Solar Hijri) calendar; `month` and `day` count from 1. */
export interface PersianDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DAY_MS = 86_400_000

/** YYYY-MM-DD of a day that exists, or null. */
export function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  const iso = date.toISOString().slice(0, 10)
  return iso === `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` ? iso : null
}

/** The Persian day of an ISO day. The calendar itself is the platform's (`Intl`), so that leap years are not ours to get wrong. */
export function persianDay(iso: string): PersianDay {
  const parts = PERSIAN.formatToParts(new Date(`${iso}T12:00:00Z`))
  const part = (type: string): number =>
    Number.parseInt(parts.find((one) => one.type === type)?.value ?? "", 10)
  return { year: part("year"), month: part("month"), day: part("day") }
}

/** The ISO day of a Persian day, or null where there is no such day (30 Esfand of a common year). */
export function isoOfPersian(wanted: PersianDay): string | null {
  const { year, month, day } = wanted
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const daysBefore = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
  const guess = Date.UTC(year + 621, 2, 21) + (daysBefore + day - 1) * DAY_MS
  // The year begins on 19 to 22 March: the true day is at most two days off.
  for (const shift of [0, -1, 1, -2, 2]) {
    const iso = new Date(guess + shift * DAY_MS).toISOString().slice(0, 10)
    const found = persianDay(iso)
    if (found.year === year && found.month === month && found.day === day) return iso
  }
  return null
}

/** The day after or before by `days`. */
export function shiftDay(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

const PERSIAN = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
})

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0")
}
