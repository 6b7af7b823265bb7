import { formatPeriod, formatPeriodOther, type Language, type Period } from "@govah/core/publication"
import { language } from "./words.ts"

const LOCALES: Readonly<Record<Language, string>> = {
  fa: "fa-IR-u-ca-persian-nu-arabext",
  en: "en-GB-u-ca-gregory-nu-latn",
}

/** First day of a period, as short as a list needs it. */
export function shortDay(period: Period): string {
  const day = new Intl.DateTimeFormat(LOCALES[language.value], {
    day: "numeric",
    month: "short",
    year: "2-digit",
    timeZone: "UTC",
  }).formatToParts(new Date(`${period.from}T12:00:00Z`))
  const part = (type: string): string => day.find((p) => p.type === type)?.value ?? ""
  const words = [part("day"), part("month"), part("year")].join(" ")
  return period.about ? `~${words}` : words
}

/** A period in both calendars, the reader's own first. */
export function bothCalendars(period: Period): string {
  return `${formatPeriod(period, language.value)} (${formatPeriodOther(period, language.value)})`
}

/** How long ago, in the largest unit that says something: "3 h". */
export function age(atMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.round((nowMs - atMs) / 60_000))
  const [value, unit] =
    minutes < 60
      ? [minutes, "minute"]
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"]
  return new Intl.NumberFormat(LOCALES[language.value], {
    style: "unit",
    unit: unit as string,
    unitDisplay: language.value === "fa" ? "short" : "narrow",
  }).format(value as number)
}

/** A moment of the ledger's clock, to the minute, in the reader's calendar and this machine's time zone. */
export function moment(atMs: number): string {
  return new Intl.DateTimeFormat(LOCALES[language.value], { dateStyle: "medium", timeStyle: "short" }).format(
    atMs,
  )
}

/** A size in bytes, in words. */
export function size(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"]
  return new Intl.NumberFormat(LOCALES[language.value], {
    style: "unit",
    unit: unit as string,
    unitDisplay: "short",
    maximumFractionDigits: (value as number) < 10 ? 1 : 0,
  }).format(value as number)
}
