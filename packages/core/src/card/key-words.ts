import { pbkdf2 } from "@noble/hashes/pbkdf2.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { wordlist } from "@scure/bip39/wordlists/english.js"
import { utf8Bytes } from "../bytes/index.ts"

/** What is compared: a desk's or a unit's key, or the hash of a release; the same 32 bytes have other words as each. */
export type KeyHolder = "desk" | "unit" | "release"

/** What stands for a key when two people compare it face to face, on the phone or on paper. */
export interface KeyWords {
  /** Six English words of a list of 2,048, no two of which share their first four letters. */
  readonly words: readonly string[]
  /** The same six places in that list, as four digits from 0000 to 2047: for whoever does not read English. */
  readonly numbers: readonly string[]
}

/** Makes each guess as dear as this many hashes: 66 bits of words stand against as much work as 82 without it. */
const ITERATIONS = 65_536
const WORDS = 6
const BITS_A_WORD = 11

/**
 * The six words of a key. About 0.2 s on a laptop, a second or two on an old phone: keep them.
 *
 * @param key - a desk's verify key, a unit's key, or the hash of a release, 32 B. A card's words are its verify key's: terms and relays change,
 * and that key signs them.
 */
export function keyWords(holder: KeyHolder, key: Uint8Array): KeyWords {
  const salt = utf8Bytes(`govah words v1 ${holder}`)
  const bytes = pbkdf2(sha256, key, salt, { c: ITERATIONS, dkLen: 9 })
  const places = Array.from({ length: WORDS }, (_, i) => bitsAt(bytes, i * BITS_A_WORD, BITS_A_WORD))
  return {
    words: places.map((place) => wordlist[place] as string),
    numbers: places.map((place) => String(place).padStart(4, "0")),
  }
}

/**
 * What a person typed or read out, as the six numbers of {@link KeyWords}, or null where it is not six words of the list
 * (four letters of each are enough) or six numbers of it. Persian and Arabic digits count as digits.
 */
export function parseKeyWords(said: string): readonly string[] | null {
  const parts = said
    .toLowerCase()
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .split(/[\s,،·-]+/)
    .filter((part) => part !== "")
  if (parts.length !== WORDS) return null
  const places = parts.map((part) => {
    if (/^\d{1,4}$/.test(part)) return Number(part)
    return wordlist.findIndex(
      (word) => word === part || (part.length >= 4 && word.slice(0, 4) === part.slice(0, 4)),
    )
  })
  if (places.some((place) => place < 0 || place >= wordlist.length)) return null
  return places.map((place) => String(place).padStart(4, "0"))
}

function bitsAt(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let bit = from; bit < from + count; bit++) {
    value = value * 2 + (((bytes[bit >> 3] as number) >> (7 - (bit & 7))) & 1)
  }
  return value
}
