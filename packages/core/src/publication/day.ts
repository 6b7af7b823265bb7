const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const MS_PER_DAY = 86_400_000

/** Whether `text` is a day that exists in the Gregorian calendar, `YYYY-MM-DD`, 1900 to 2199. */
export function isIsoDate(text: string): boolean {
  if (!/^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = text.split("-").map(Number) as [number, number, number]
  const last = month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return day >= 1 && day <= last
}

/** Noon UTC of a day, in milliseconds since 1970: what `Intl` formats. Core has no clock and so no `Date`. */
export function noonOf(isoDate: string): number {
  const [year, month, day] = isoDate.split("-").map(Number) as [number, number, number]
  let days = day - 1
  for (let m = 1; m < month; m++) days += (DAYS_IN_MONTH[m - 1] as number) + (m === 2 && isLeap(year) ? 1 : 0)
  // Leap years before `year`, by the Gregorian rule, less those before 1970.
  const leaps = (y: number): number => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  days += (year - 1970) * 365 + leaps(year - 1) - leaps(1969)
  return days * MS_PER_DAY + MS_PER_DAY / 2
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
