import {
  normalisePassphrase,
  type PassphraseLanguage,
  passphraseWords,
  proposePassphrase,
} from "../passphrase/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { WitnessError } from "./witness-error.ts"

/**
 * Words of an anonymous witness: 70 bits of the Persian list, 77 of the English. They are guessed at against the public
 * feed, on the attacker's own machines and for as long as the feed is kept, so that no lock slows the guessing but its price.
 */
export const WITNESS_WORDS = 7

/** Seven words for a new witness. They are always drawn: words that people choose can be guessed. */
export async function proposeWitnessWords(
  language: PassphraseLanguage,
  primitives: Pick<Primitives, "random">,
): Promise<readonly string[]> {
  return proposePassphrase(await passphraseWords(language), WITNESS_WORDS, primitives).split(" ")
}

/**
 * What a person typed, in the one form that keys are made from. All seven must be of one list.
 *
 * @param typed - of any length and content.
 * @throws WitnessError `wrong-count`, `unknown-word`.
 */
export async function readWitnessWords(typed: string): Promise<string> {
  const text = normalisePassphrase(typed)
  const words = text.split(" ")
  if (words.length !== WITNESS_WORDS) {
    throw new WitnessError("wrong-count", `there are ${WITNESS_WORDS} words, not ${words.length}`)
  }
  let fewest: readonly number[] | null = null
  for (const language of ["fa", "en"] as const) {
    const known = new Set((await passphraseWords(language)).map(normalisePassphrase))
    const places = words.flatMap((word, place) => (known.has(word) ? [] : [place]))
    if (places.length === 0) return text
    if (fewest === null || places.length < fewest.length) fewest = places
  }
  const which = (fewest ?? []).map((place) => place + 1).join(", ")
  throw new WitnessError("unknown-word", `of the words, these are in no list: number ${which}`, fewest ?? [])
}
