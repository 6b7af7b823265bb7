import type { Primitives } from "../primitives/index.ts"

/** Least strength of a passphrase that guards a phone: its whole space is 2^40 guesses. */
export const MIN_PASSPHRASE_BITS = 40

/**
 * Draws a passphrase. It is always drawn, never thought of by a person: only so is its strength known.
 *
 * @param list - from `passphraseWords`.
 * @param count - number of words; each is drawn from the whole list, and a word may come twice.
 */
export function proposePassphrase(
  list: readonly string[],
  count: number,
  primitives: Pick<Primitives, "random">,
): string {
  return Array.from({ length: count }, () => list[drawBelow(list.length, primitives)] as string).join(" ")
}

/** Bits of a passphrase of `count` words drawn from a list, rounded down. */
export function passphraseBits(list: readonly string[], count: number): number {
  return Math.floor(count * Math.log2(list.length))
}

/** Fewest words of a list that hold `bits`. */
export function wordsFor(list: readonly string[], bits: number = MIN_PASSPHRASE_BITS): number {
  return Math.ceil(bits / Math.log2(list.length))
}

/**
 * What a person typed, in the one form that keys are made from: however their keyboard writes ye, kaf and alef, with or
 * without half-spaces, signs above letters, capitals and commas.
 *
 * @param typed - of any length and content.
 * @returns letters in words with one space between them; empty where nothing is left.
 */
export function normalisePassphrase(typed: string): string {
  return typed
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\u0640]/gu, "")
    .toLowerCase()
    .replace(/[\u064a\u0649]/g, "\u06cc")
    .replace(/\u0643/g, "\u06a9")
    .replace(/[\u0629\u06d5\u06c1]/g, "\u0647")
    .replace(/[^\p{L}]+/gu, " ")
    .trim()
}

/** The words of a typed passphrase that are in no list: the ones to look at again. Places from 0. */
export function unknownWords(typed: string, ...lists: readonly (readonly string[])[]): readonly number[] {
  const known = new Set(lists.flatMap((list) => list.map(normalisePassphrase)))
  return normalisePassphrase(typed)
    .split(" ")
    .flatMap((word, place) => (known.has(word) ? [] : [place]))
}

/** Uniform below `bound`, at most 65_536: what would favour the low ones is drawn again. */
function drawBelow(bound: number, { random }: Pick<Primitives, "random">): number {
  for (;;) {
    const [high, low] = random(2) as unknown as [number, number]
    const drawn = high * 256 + low
    if (drawn < 65_536 - (65_536 % bound)) return drawn % bound
  }
}
