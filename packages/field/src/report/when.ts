import type { Period } from "@govah/core/report"
import { isoDay, isoOfPersian } from "./day.ts"
import { ReportError } from "./report-error.ts"

/**
 * Reads when something happened.
 *
 * `2021-02-22`, `2021-02` or `2021` (a whole month or year, taken as an estimate), `2021-02-22..2021-02-25`, each with
 * `~` or `about ` before it for an estimate. Years 1300 to 1500 are of the Persian calendar. Digits may be Persian or
 * Arabic.
 *
 * @throws ReportError `bad-date`.
 */
export function parseWhen(text: string): Period {
  const plain = latinDigits(text).trim()
  const estimate = /^(?:~|about\s+)\s*/i.exec(plain)
  const ends = plain.slice(estimate?.[0].length ?? 0).split("..")
  const first = parseSpan(ends[0] ?? "")
  const last = ends.length > 1 ? parseSpan(ends[1] ?? "") : first
  if (ends.length > 2 || first === null || last === null) {
    throw new ReportError(
      "bad-date",
      "the date is not one of YYYY-MM-DD, YYYY-MM, YYYY, or two of them joined by ..",
    )
  }
  if (last.to < first.from) throw new ReportError("bad-date", "the period ends before it begins")
  return {
    from: first.from,
    to: last.to === first.from ? null : last.to,
    about: estimate !== null || (ends.length === 1 && !first.exact),
  }
}

interface Span {
  readonly from: string
  readonly to: string
  readonly exact: boolean
}

function parseSpan(text: string): Span | null {
  const match = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text.trim())
  if (match === null) return null
  const [year, month, day] = [match[1], match[2], match[3]].map((part) => (part === undefined ? null : +part))
  const toIso = isPersianYear(year as number)
    ? (y: number, m: number, d: number) => isoOfPersian({ year: y, month: m, day: d })
    : isoDay
  const from = toIso(year as number, month ?? 1, day ?? 1)
  const to = day === null ? lastDay(year as number, month ?? 12, toIso) : from
  return from === null || to === null ? null : { from, to, exact: day !== null }
}

function lastDay(
  year: number,
  month: number,
  toIso: (y: number, m: number, d: number) => string | null,
): string | null {
  for (let day = 31; day >= 28; day--) {
    const iso = toIso(year, month, day)
    if (iso !== null) return iso
  }
  // Esfand has 29 days, so 28 always exists: only a month that is none comes here.
  return null
}

function isPersianYear(year: number): boolean {
  return year >= 1300 && year <= 1500
}

/** The same text with Persian (۰–۹) and Arabic (٠–٩) digits as Latin ones. */
export function latinDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 15))
}
