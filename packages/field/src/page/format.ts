import { CELL_BYTES } from "@govah/core/cell"
import type { Words } from "../words/index.ts"

/** A count in the reader's digits. */
export function formatCount(count: number, words: Words): string {
  return new Intl.NumberFormat(words.locale).format(count)
}

/** A size in the reader's digits, in bytes, kilobytes or megabytes. */
export function formatSize(bytes: number, words: Words): string {
  const [unit, amount] =
    bytes < 1_000
      ? (["byte", bytes] as const)
      : bytes < 1_000_000
        ? (["kilobyte", bytes / 1_000] as const)
        : (["megabyte", bytes / 1_000_000] as const)
  const options = {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: amount < 10 ? 1 : 0,
  } as const
  return new Intl.NumberFormat(words.locale, options).format(amount)
}

/** The size class of a kept parcel: what anyone who sees its cells can count. */
export function formatCells(cells: number, words: Words): string {
  return formatSize(cells * CELL_BYTES, words)
}

/** An ISO day in the reader's calendar. */
export function formatDay(iso: string, words: Words): string {
  const options = { calendar: words.calendar, dateStyle: "long", timeZone: "UTC" } as const
  return new Intl.DateTimeFormat(words.locale, options).format(new Date(`${iso}T12:00:00Z`))
}

/** A minute in UTC, YYYY-MM-DDTHH:MM, as the reader's calendar and clock have it. */
export function formatMinute(iso: string, words: Words): string {
  const options = { calendar: words.calendar, dateStyle: "medium", timeStyle: "short" } as const
  return new Intl.DateTimeFormat(words.locale, options).format(new Date(`${iso}Z`))
}

/** How long something took, as minutes and seconds in the reader's digits. */
export function formatTime(seconds: number, words: Words): string {
  const whole = Math.floor(seconds)
  const two = new Intl.NumberFormat(words.locale, { minimumIntegerDigits: 2, useGrouping: false })
  return `${formatCount(Math.floor(whole / 60), words)}:${two.format(whole % 60)}`
}

/** The months of a calendar, from 1, as the reader calls them. */
export function monthNames(words: Words, calendar: Words["calendar"] = words.calendar): readonly string[] {
  const options = { calendar, month: "long", timeZone: "UTC" } as const
  const format = new Intl.DateTimeFormat(words.locale, options)
  // The middle of each month of some year in either calendar: the names are the same every year.
  const first = calendar === "persian" ? Date.UTC(2021, 3, 5) : Date.UTC(2021, 0, 15)
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(first + month * MONTH_MS)))
}

const MONTH_MS = 30.44 * 86_400_000
