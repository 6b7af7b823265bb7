import type { Language } from "./language.ts"
import type { Words } from "./words.ts"

/**
 * A sentence with places for what is put in: `{0}`, `{1}`. What stands in `[…]` is left out where nothing is put in.
 * Where the language asks for it, one for each form of its plural, by the number in `{0}`; `other` must be there.
 */
export type Template = string | { readonly [form in Intl.LDMLPluralRule]?: string }

/** A part of the words, in the shape of the whole: what is not there is taken from another language. */
export type PartOf<T> = T extends string
  ? string
  : T extends (...put: never) => string
    ? Template
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]?: PartOf<T[K]> }

/** A catalogue that is not, or not yet, whole. What a language must say of itself is there. */
export type PartialWords = PartOf<Omit<Words, Meta>> & Pick<Words, Meta>
type Meta = "language" | "direction" | "locale" | "calendar"

/** The whole words, and which of them are another language's. */
export interface CompletedWords {
  readonly words: Words
  /** Whether a text that stands in the page is one of those that were taken from the other language. */
  readonly isBorrowed: (text: string) => boolean
}

/** Fills what a catalogue leaves out from another, whole one. What is borrowed keeps its own direction. */
export function completeWords(part: PartialWords, whole: Words): CompletedWords {
  const borrowed = new Set<string>()
  const isolate = part.direction === whole.direction ? "" : whole.direction === "rtl" ? "\u2067" : "\u2066"
  const borrow = (text: string): string => {
    const kept = isolate === "" ? text : `${isolate}${text}\u2069`
    borrowed.add(kept)
    // What is put in by the page changes: the set must not grow with it without end.
    if (borrowed.size > MOST_BORROWED) borrowed.delete(borrowed.values().next().value as string)
    return kept
  }
  const fill = (own: unknown, other: unknown): unknown => {
    if (typeof other === "string") return own ?? borrow(other)
    if (typeof other === "function") {
      return own === undefined
        ? (...put: Put[]) => borrow((other as (...put: Put[]) => string)(...put))
        : (...put: Put[]) => putIn(own as Template, put, part.language)
    }
    if (Array.isArray(other)) return own ?? other.map((text) => borrow(String(text)))
    const names = Object.entries(other as object)
    return Object.fromEntries(
      names.map(([name, value]) => [name, fill((own as Record<string, unknown>)?.[name], value)]),
    )
  }
  return { words: fill(part, whole) as Words, isBorrowed: (text) => borrowed.has(text) }
}

const MOST_BORROWED = 4_000

type Put = string | null

/** A template with what is put in, each kept apart from the direction of the sentence. */
export function putIn(template: Template, put: readonly Put[], language: Language): string {
  const text = typeof template === "string" ? template : formOf(template, put[0] ?? "", language)
  const isThere = (part: string): boolean =>
    [...part.matchAll(PLACE)].every(([, at]) => (put[Number(at)] ?? null) !== null)
  return text
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (isThere(part) ? part : ""))
    .replace(PLACE, (_, at: string) => `\u2068${put[Number(at)] ?? ""}\u2069`)
}

const PLACE = /\{(\d)\}/g

function formOf(forms: Exclude<Template, string>, count: string, language: Language): string {
  const plain = count.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/[^\d]/g, "")
  return forms[new Intl.PluralRules(RULES[language]).select(Number(plain))] ?? forms.other ?? ""
}

/** Whose rules of the plural are followed: not every browser has those of each language. */
const RULES: Readonly<Record<Language, string>> = {
  fa: "fa",
  en: "en",
  ar: "ar",
  ckb: "ckb",
  kmr: "ku",
  bal: "fa",
}
