import { type Language, formatNumber } from "@govah/core/publication"
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals"
import { frame as enFrame } from "./en.ts"
import { writing as enWriting } from "./en-writing.ts"
import { frame as faFrame } from "./fa.ts"
import { writing as faWriting } from "./fa-writing.ts"

/** Every line that the page says, in one language. */
export type Words = typeof enFrame & typeof enWriting

const WORDS: Readonly<Record<Language, Words>> = {
  fa: { ...faFrame, ...faWriting },
  en: { ...enFrame, ...enWriting },
}

/** The language of the page. Persian first; nothing is remembered, since whatever is remembered is written to the disk. */
export const language: Signal<Language> = signal("fa")

/** The page's words in its language. */
export const words: ReadonlySignal<Words> = computed(() => WORDS[language.value])

/** Digits in the reader's own form, ungrouped: for fields in which numbers are typed. */
export function ownDigits(text: string): string {
  if (language.value === "en") return text
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)))
}

/** A count in the reader's digits. */
export function number(value: number): string {
  return formatNumber(value, language.value)
}
