import { fa } from "./fa.ts"
import type { Language } from "./language.ts"
import { completeWords, type PartialWords } from "./partial.ts"
import type { Words } from "./words.ts"

/** Words to be shown, and which of them are another language's. */
export interface LoadedWords {
  readonly words: Words
  /** The language that stands in where there is no word yet, if a text is of it; else null. */
  readonly borrowedFrom: (text: string) => Pick<Words, "language" | "direction"> | null
}

/** Persian comes with the page: it is what most read, and what stands in for others. */
export const FIRST: LoadedWords = { words: fa, borrowedFrom: () => null }

/** Fetches a language: a file apart, that comes without a network once the app is installed. */
export async function loadWords(language: Language): Promise<LoadedWords> {
  switch (language) {
    case "fa":
      return FIRST
    case "en":
      return { words: (await import("./en.ts")).en, borrowedFrom: () => null }
    case "ar":
      return complete((await import("./ar.ts")).ar, fa)
    case "ckb":
      return complete((await import("./ckb.ts")).ckb, fa)
    case "bal":
      return complete((await import("./bal.ts")).bal, fa)
    case "kmr": {
      const [{ kmr }, { en }] = await Promise.all([import("./kmr.ts"), import("./en.ts")])
      return complete(kmr, en)
    }
  }
}

function complete(part: PartialWords, whole: Words): LoadedWords {
  const { words, isBorrowed } = completeWords(part, whole)
  return { words, borrowedFrom: (text) => (isBorrowed(text) ? whole : null) }
}
