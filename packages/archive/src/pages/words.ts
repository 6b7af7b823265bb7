import type { Language } from "@govah/core/publication"
import { en } from "./words-en.ts"
import { fa } from "./words-fa.ts"

/** Every string of the pages, in one language. A missing one does not compile. Counts come in the reader's digits. */
export interface Words {
  readonly dir: "rtl" | "ltr"
  readonly language: string
  readonly otherLanguage: string
  readonly skip: string
  readonly strap: string
  readonly nav: {
    readonly label: string
    readonly front: string
    readonly claims: string
    readonly wall: string
    readonly stories: string
    readonly verify: string
    readonly about: string
  }
  readonly edition: (number: string) => string
  readonly footer: string
  readonly front: {
    readonly what: string
    readonly howMany: string
    readonly neverAdd: string
    readonly who: string
    readonly whoLead: (towns: string) => string
    readonly allTowns: string
    readonly allClaims: string
    readonly read: string
    readonly answeredOn: (towns: string) => string
  }
  readonly facts: {
    readonly when: string
    readonly where: string
    readonly howMany: string
    readonly sure: string
    readonly noNumber: string
  }
  readonly sure: {
    readonly none: string
    /** How many claims there are, how many of them move a range, how many others confirm; `n` writes a number. */
    readonly counts: (all: number, counted: number, confirmed: number, n: (value: number) => string) => string
  }
  readonly table: {
    readonly number: string
    readonly who: string
    readonly asOf: string
    readonly grade: string
    readonly said: string
    readonly scope: string
    readonly carried: string
    readonly reports: (n: string) => string
    readonly oneReport: string
    readonly unverified: string
    readonly series: (n: string) => string
    readonly open: string
    readonly noNumber: string
    readonly gradeCode: (code: string) => string
  }
  readonly claims: {
    readonly title: string
    readonly lead: string
    readonly why: string
    readonly whyText: readonly string[]
    readonly data: string
  }
  readonly event: {
    readonly claims: string
    readonly pictures: string
    readonly note: string
    readonly still: string
    readonly photo: string
  }
  readonly wall: {
    readonly title: string
    readonly lead: string
    readonly empty: string
    readonly words: string
    readonly campaign: string
    readonly back: string
    readonly more: (n: string) => string
  }
  readonly story: { readonly title: string; readonly sources: string; readonly empty: string }
  readonly proof: (index: string) => string
  readonly proofHow: string
  readonly proofOpen: string
  readonly revision: (n: string) => string
  readonly quote: (words: string) => string
  readonly comma: string
}

/** The catalogue. */
export const words: { readonly [language in Language]: Words } = { fa, en }
