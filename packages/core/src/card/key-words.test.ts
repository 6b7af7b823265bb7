import { pbkdf2Sync } from "node:crypto"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { keyWords, parseKeyWords } from "./index.ts"

const key = new Uint8Array(32).fill(7)

test("six words and six numbers of PBKDF2, by another implementation too", () => {
  const { words, numbers } = keyWords("unit", key)
  const bits = [...pbkdf2Sync(key, "govah words v1 unit", 65_536, 9, "sha256")]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
  const places = Array.from({ length: 6 }, (_, i) => Number.parseInt(bits.slice(i * 11, i * 11 + 11), 2))
  expect(numbers.map(Number)).toEqual(places)
  expect(words).toHaveLength(6)
  expect(parseKeyWords(words.join(" "))).toEqual(numbers)
})

test("a desk's words and a unit's differ for one key, and another key has others", () => {
  const { words } = keyWords("unit", key)
  expect(keyWords("desk", key).words).not.toEqual(words)
  expect(keyWords("unit", p.random(32)).words).not.toEqual(words)
})

test("people say words in their own way", () => {
  const numbers = ["0000", "0001", "1734", "2047", "0064", "0999"]
  for (const said of [
    "0000 0001 1734 2047 0064 0999",
    "0-1-1734-2047-64-999",
    "۰۰۰۰ ۰۰۰۱ ۱۷۳۴ ۲۰۴۷ ۰۰۶۴ ۰۹۹۹",
    "٠ ١ ١٧٣٤ ٢٠٤٧ ٦٤ ٩٩٩",
    " ABANDON, ability · 1734 zoo 64 999\n",
    "aban abil 1734 zoo 64 999",
  ]) {
    expect(parseKeyWords(said)).toEqual(numbers)
  }
  for (const said of [
    "",
    "abandon",
    "0 1 2 3 4 2048",
    "0 1 2 3 4 -5 6",
    "aba abi 3 4 5 6",
    "0 1 2 3 4 5 6",
    "x y z a b c",
  ])
    expect(parseKeyWords(said)).toBeNull()
})
