import { randomBytes } from "node:crypto"
import { describe, expect, it } from "vitest"
import {
  MIN_PASSPHRASE_BITS,
  normalisePassphrase,
  passphraseBits,
  passphraseWords,
  proposePassphrase,
  unknownWords,
  wordsFor,
} from "./index.ts"

const random = (byteLength: number): Uint8Array => randomBytes(byteLength)
const [persian, english] = await Promise.all([passphraseWords("fa"), passphraseWords("en")])

describe("word lists", () => {
  it.each([
    ["Persian", persian, 1024],
    ["English", english, 2048],
  ] as const)("%s: every word is its own normal form of one word, and none comes twice", (_, list, size) => {
    expect(list).toHaveLength(size)
    expect(new Set(list.map(normalisePassphrase)).size).toBe(size)
    for (const word of list) expect(normalisePassphrase(word)).not.toMatch(/[\s\u200c]/)
  })

  it("has no two Persian words that a slip of one letter, or of two neighbours, makes one", () => {
    const words = persian.map(normalisePassphrase)
    const close = words.flatMap((one, i) =>
      words.slice(0, i).flatMap((other) => (isSlip(one, other) ? [`${one} ${other}`] : [])),
    )
    expect(close).toEqual([])
    // The same look finds the pairs that there are.
    expect(isSlip("باران", "یاران") && isSlip("قالی", "قالیچ") && isSlip("تار", "ترا")).toBe(true)
  })
})

describe("proposePassphrase", () => {
  it("proposes as many words as the least strength needs: four of either list", () => {
    for (const list of [persian, english]) {
      expect(wordsFor(list)).toBe(4)
      expect(passphraseBits(list, 4)).toBeGreaterThanOrEqual(MIN_PASSPHRASE_BITS)
      const words = proposePassphrase(list, 4, { random }).split(" ")
      expect(words).toHaveLength(4)
      expect(words.every((word) => list.includes(word))).toBe(true)
    }
  })

  it("draws every place of a list equally often, also where its length is no power of two", () => {
    const list = ["a", "b", "c"]
    const counts = new Map<string, number>()
    let next = 0
    // Every pair of bytes once.
    const all = {
      random: (): Uint8Array => {
        const drawn = Uint8Array.of((next >> 8) & 255, next & 255)
        next++
        return drawn
      },
    }
    while (next < 65_535) {
      const word = proposePassphrase(list, 1, all)
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    expect([...counts.values()]).toEqual([21_845, 21_845, 21_845])
  })
})

describe("normalisePassphrase", () => {
  it.each([
    ["كتاب ياس آسمان", "کتاب یاس اسمان"],
    ["  کتاب،یاس\n آسمان ", "کتاب یاس اسمان"],
    ["کـتاب یا\u200cس آسْمان", "کتاب یاس اسمان"],
    ["\u202bکتاب یاس اسمان\u202c", "کتاب یاس اسمان"],
    ["Abandon-ability, ABLE about.", "abandon ability able about"],
    ["ﻛﺘﺎب", "کتاب"],
    ["مسئله مؤمن", "مسیله مومن"],
    ["", ""],
    ["۱۲ !", ""],
  ])("reads %j as %j", (typed, normal) => {
    expect(normalisePassphrase(typed)).toBe(normal)
    expect(normalisePassphrase(normal)).toBe(normal)
  })

  it("says which words are in no list", () => {
    expect(unknownWords("گلابی گلابيي آسمان", persian)).toEqual([1])
    expect(unknownWords("گلابی abandon", persian, english)).toEqual([])
  })
})

/** Whether two words are one letter, or two neighbours that changed places, apart. */
function isSlip(one: string, other: string): boolean {
  if (one.length > other.length) return isSlip(other, one)
  let head = 0
  while (head < one.length && one[head] === other[head]) head++
  let tail = 0
  while (tail < one.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++
  const [left, right] = [one.slice(head, one.length - tail), other.slice(head, other.length - tail)]
  const swapped = left.split("").toReversed().join("")
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right === swapped)
}
