import { ar } from "../src/words/ar.ts"
import { bal } from "../src/words/bal.ts"
import { ckb } from "../src/words/ckb.ts"
import { en } from "../src/words/en.ts"
import { fa } from "../src/words/fa.ts"
import { kmr } from "../src/words/kmr.ts"
import type { PartialWords, Template } from "../src/words/partial.ts"

/** The catalogues that are being filled. */
export const PARTIAL: Readonly<Record<string, PartialWords>> = { ar, bal, ckb, kmr }

/** What a language says of itself, and nobody translates. */
export const META: ReadonlySet<string> = new Set(["language", "direction", "locale", "calendar"])

/** One text by its path: in the whole catalogues, and what it was translated to. */
export interface Entry {
  readonly key: string
  readonly fa: string
  readonly en: string
  /** How many things are put into it. */
  readonly places: number
  readonly text: Template | null
}

/** Every text that can be translated, in the order of the Persian catalogue. */
export function entriesOf(part: PartialWords): readonly Entry[] {
  return leaves(fa)
    .filter(({ key }) => !META.has(key))
    .map(({ key, value }) => ({
      key,
      fa: templateOf(value),
      en: templateOf(at(en, key)),
      places: typeof value === "function" ? value.length : 0,
      text: (at(part, key) as Template | undefined) ?? null,
    }))
}

/** What is wrong with a translation, in words for who translates; null where nothing is. */
export function wrongWith({ key, fa: persian, places, text }: Entry): string | null {
  if (text === null) return null
  const forms = typeof text === "string" ? { other: text } : text
  if (typeof text !== "string" && places === 0)
    return `${key}: this one has no number, so no forms of a plural`
  if (forms.other === undefined) return `${key}: the form "other" is missing`
  for (const [form, one] of Object.entries(forms)) {
    if (!FORMS.has(form)) return `${key}: there is no form "${form}"`
    if (typeof one !== "string" || one.trim() === "") return `${key}: it is empty`
    const put = new Set([...one.matchAll(/\{(.*?)\}/g)].map(([, name]) => name))
    // `{0}` is the count: a form for one or two may say it in a word.
    const needed = [...persian.matchAll(/\{(\d)\}/g)].map(([, name]) => name)
    if ([...put].some((name) => !/^\d$/.test(name ?? "") || Number(name) >= places)) {
      return `${key}: it may hold ${places === 0 ? "no place in {}" : `{0} to {${places - 1}}`} alone`
    }
    if (form === "other" && !needed.every((name) => put.has(name)))
      return `${key}: something put in is missing`
    if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>]/u.test(one))
      return `${key}: a character that may not be in it`
    const [open, close] = [one.split("[").length, one.split("]").length]
    if (open !== close || /\[[^\]]*\[/.test(one)) return `${key}: brackets do not match`
  }
  return null
}

const FORMS: ReadonlySet<string> = new Set(["zero", "one", "two", "few", "many", "other"])

interface Leaf {
  readonly key: string
  readonly value: unknown
}

/** Texts by their path; lists by number. */
export function leaves(value: unknown, key = ""): readonly Leaf[] {
  if (value === null || typeof value !== "object") return [{ key, value }]
  return Object.entries(value).flatMap(([name, inside]) =>
    leaves(inside, key === "" ? name : `${key}.${name}`),
  )
}

export function at(value: unknown, key: string): unknown {
  return key.split(".").reduce<unknown>((inside, name) => (inside as Record<string, unknown>)?.[name], value)
}

/** A text of a whole catalogue with `{0}` and so on where something is put in. */
function templateOf(value: unknown): string {
  if (typeof value !== "function") return String(value)
  const put = Array.from({ length: value.length }, (_, place) => `{${place}}`)
  return (value as (...put: string[]) => string)(...put).replaceAll(/[\u2066-\u2069]/g, "")
}
