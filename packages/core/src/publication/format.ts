import { noonOf } from "./day.ts"
import type { Language, Period } from "./field.ts"
import { phrases } from "./words.ts"

// Persian reads in its own digits and calendar; the Gregorian day stands beside it, as news from abroad is dated by it.
const LOCALES: Record<Language, { own: string; other: string }> = {
  fa: { own: "fa-IR-u-ca-persian-nu-arabext", other: "fa-IR-u-ca-gregory-nu-arabext" },
  en: { own: "en-GB-u-ca-gregory-nu-latn", other: "en-GB-u-ca-persian-nu-latn" },
}

/** A count in the reader's digits. */
export function formatNumber(value: number, language: Language): string {
  return numberFormat(LOCALES[language].own).format(value)
}

/** A day `YYYY-MM-DD` or month `YYYY-MM` in words, in the reader's first calendar. */
export function formatDate(date: string, language: Language): string {
  return inCalendar(date, LOCALES[language].own)
}

/** The same day or month in the other calendar. */
export function formatDateOther(date: string, language: Language): string {
  return inCalendar(date, LOCALES[language].other)
}

/** A period in the reader's first calendar, with "about" where the days are approximate. */
export function formatPeriod(period: Period, language: Language): string {
  return inWords(period, language, (date) => formatDate(date, language))
}

/** The same period in the other calendar, without the "about". */
export function formatPeriodOther(period: Period, language: Language): string {
  return inWords({ ...period, about: false }, language, (date) => formatDateOther(date, language))
}

/** Names one after another; beyond `max`, how many more. */
export function listNames(names: readonly string[], max: number, language: Language): string {
  const say = phrases[language]
  const shown = names.slice(0, max).join(say.semicolon)
  const more = names.length - max
  return more > 0 ? say.andMore(shown, formatNumber(more, language)) : shown
}

function inWords(period: Period, language: Language, format: (date: string) => string): string {
  const say = phrases[language]
  const from = format(period.from)
  const both = period.to === null || period.to === period.from ? from : say.fromDayTo(from, format(period.to))
  return period.about ? say.about(both) : both
}

// A month of one calendar is not a month of the other: a bare month is given in the Gregorian, which it was said in.
function inCalendar(date: string, locale: string): string {
  const isMonth = date.length === 7
  const format = dateFormat(isMonth ? locale.replace("ca-persian", "ca-gregory") : locale)
  // Put together by hand, since engines differ in order, in commas and in the era that they add to the Persian year.
  const parts = format.formatToParts(noonOf(isMonth ? `${date}-15` : date))
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? ""
  return [...(isMonth ? [] : [part("day")]), part("month"), part("year")].join(" ")
}

// Making a formatter costs a thousand times what using it does, and a large archive writes a hundred thousand dates.
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: string): Intl.NumberFormat {
  const known = numberFormats.get(locale) ?? new Intl.NumberFormat(locale)
  numberFormats.set(locale, known)
  return known
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  const options = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" } as const
  const known = dateFormats.get(locale) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(locale, known)
  return known
}
