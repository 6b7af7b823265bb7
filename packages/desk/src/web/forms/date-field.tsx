import { formatDateOther, formatDate, type Period } from "@govah/core/publication"
import { type Signal, signal } from "@preact/signals"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { type Calendar, dayInCalendar, isoDay, monthNames } from "../model/calendar.ts"
import { language, number, ownDigits, words } from "../words/words.ts"
import { CheckField, ChoiceField, TextField } from "./fields.tsx"

// Chosen once for all dates; null follows the language.
const chosenCalendar: Signal<Calendar | null> = signal(null)

function calendarNow(): Calendar {
  return chosenCalendar.value ?? (language.value === "fa" ? "persian" : "gregory")
}

/** Which calendar the date fields beside it take. */
export function CalendarChoice(): JSX.Element {
  const { forms } = words.value
  return (
    <ChoiceField
      label={forms.calendar}
      value={calendarNow()}
      choices={[
        ["persian", forms.persianCalendar],
        ["gregory", forms.gregorianCalendar],
      ]}
      change={(calendar) => {
        chosenCalendar.value = calendar
      }}
    />
  )
}

interface Typed {
  readonly calendar: Calendar
  readonly year: string
  readonly month: string
  readonly day: string
}

/**
 * A day `YYYY-MM-DD`, or with `months` also a month `YYYY-MM` (Gregorian alone: a month of one calendar is not a month of the
 * other). Empty where what was typed is no such day.
 */
export function DateField(props: {
  readonly label: string
  readonly value: string
  readonly change: (iso: string) => void
  readonly months?: boolean
}): JSX.Element {
  const { forms } = words.value
  const calendar = calendarNow()
  const [kept, keep] = useState<Typed>(() => typedFrom(props.value, calendar))
  const typed = kept.calendar === calendar ? kept : typedFrom(props.value, calendar)
  function change(part: Partial<Typed>): void {
    const next = { ...typed, ...part }
    keep(next)
    props.change(isoFrom(next, props.months === true))
  }
  const months = monthNames(calendar, language.value)
  return (
    <fieldset class="date">
      <legend>{props.label}</legend>
      <ChoiceField
        label={forms.day}
        value={typed.day}
        choices={[["", "–"], ...Array.from({ length: 31 }, (_, i) => [`${i + 1}`, number(i + 1)] as const)]}
        change={(day) => change({ day })}
      />
      <ChoiceField
        label={forms.month}
        value={typed.month}
        choices={[["", "–"], ...months.map((name, i) => [`${i + 1}`, name] as const)]}
        change={(month) => change({ month })}
      />
      <TextField
        label={forms.year}
        value={ownDigits(typed.year)}
        digits
        max={4}
        change={(year) => change({ year: latinDigits(year) })}
      />
      {props.value !== "" && (
        <p class="hint">
          {formatDate(props.value, language.value)}
          {props.value.length === 10 && ` · ${formatDateOther(props.value, language.value)}`}
        </p>
      )}
    </fieldset>
  )
}

/** First and last day, and whether they are approximate. */
export function PeriodField(props: {
  readonly value: Period
  readonly change: (period: Period) => void
}): JSX.Element {
  const { forms } = words.value
  const { value, change } = props
  return (
    <div class="period">
      <CalendarChoice />
      <DateField label={forms.from} value={value.from} change={(from) => change({ ...value, from })} />
      <DateField
        label={forms.to}
        value={value.to ?? ""}
        change={(to) => change({ ...value, to: to === "" ? null : to })}
      />
      <CheckField label={forms.about} checked={value.about} change={(about) => change({ ...value, about })} />
    </div>
  )
}

function typedFrom(iso: string, calendar: Calendar): Typed {
  if (iso.length === 7 && calendar === "gregory")
    return { calendar, year: iso.slice(0, 4), month: `${Number(iso.slice(5))}`, day: "" }
  if (iso.length !== 10) return { calendar, year: "", month: "", day: "" }
  const { year, month, day } = dayInCalendar(iso, calendar)
  return { calendar, year: `${year}`, month: `${month}`, day: `${day}` }
}

function isoFrom(typed: Typed, months: boolean): string {
  const year = Number(typed.year)
  if (typed.month === "" || typed.year === "") return ""
  const month = Number(typed.month)
  if (typed.day !== "") return isoDay({ year, month, day: Number(typed.day) }, typed.calendar) ?? ""
  if (!months || typed.calendar === "persian" || year < 1900) return ""
  return `${year}-${typed.month.padStart(2, "0")}`
}

/** Digits as Persian and Arabic keyboards write them, as computers read them. */
export function latinDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
