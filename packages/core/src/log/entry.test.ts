import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { utf8Bytes, utf8Text } from "../bytes/index.ts"
import { disclosure, disclosureDigest, parseDisclosure } from "./disclosure.ts"
import { makeEntry, openEntry, openWholeEntry, parseEntry } from "./entry.ts"

interface EntryVectors {
  readonly rfc9901: { readonly disclosure: string; readonly digest: string }
  readonly entries: {
    readonly name: string
    readonly expect: string
    readonly entry: string
    readonly disclosures: string[]
    readonly whole?: boolean
    readonly fields?: Record<string, unknown>
  }[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/log-entry.json", import.meta.url), "utf8"),
) as EntryVectors

let seed = 1
// Not random, and never the same twice: enough to see where salts and decoys go.
function counted(byteLength: number): Uint8Array {
  return Uint8Array.from({ length: byteLength }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255)
}

describe("entry vectors", () => {
  test.each(vectors.entries)("$name", (v) => {
    let result: string
    try {
      const fields = (v.whole === true ? openWholeEntry : openEntry)(utf8Bytes(v.entry), v.disclosures)
      expect(Object.fromEntries(fields)).toEqual(v.fields)
      result = "accept"
    } catch (error) {
      result = `reject:${(error as { code?: string }).code}`
    }
    expect(result).toBe(v.expect)
  })
})

test("the digest of a disclosure is that of RFC 9901", () => {
  expect(disclosureDigest(vectors.rfc9901.disclosure)).toBe(vectors.rfc9901.digest)
})

test("an entry tells no word of what it commits to, nor how many fields there are", () => {
  const few = makeEntry({ entry: "publication", place: "Saravan" }, counted)
  const more = makeEntry({ entry: "publication", place: "Saravan", a: 1, b: 2, c: 3 }, counted)
  expect(utf8Text(few.entry)).not.toContain("Saravan")
  expect(few.entry.length).toBe(more.entry.length)
  expect(parseEntry(few.entry).length).toBe(8)
  // The same place twice: without the salt these would be equal, and a town could be looked up in a list of towns.
  expect(few.disclosures[1]).not.toBe(more.disclosures[1])
  expect(Object.fromEntries(openEntry(few.entry, few.disclosures))).toEqual({
    entry: "publication",
    place: "Saravan",
  })
})

test("an unsalted digest can be guessed from a list of towns, a salted one cannot: the attack on a weak variant", () => {
  const towns = ["Zahedan", "Saravan", "Iranshahr"]
  const guess = (digests: readonly string[], spell: (town: string) => string): string | undefined =>
    towns.find((town) => digests.includes(disclosureDigest(spell(town))))
  const weak = (town: string): string => disclosure(new Uint8Array(16), "place", town)
  expect(guess([disclosureDigest(weak("Saravan"))], weak)).toBe("Saravan")
  expect(guess(parseEntry(makeEntry({ place: "Saravan" }, counted).entry), weak)).toBeUndefined()
})

test("a whole entry has eight fields and no decoy", () => {
  const fields = Object.fromEntries("abcdefgh".split("").map((name) => [name, name]))
  const made = makeEntry(fields, counted)
  expect(Object.fromEntries(openWholeEntry(made.entry, made.disclosures))).toEqual(fields)
  const text = made.disclosures[0] as string
  expect(parseDisclosure(text)).toMatchObject({ name: "a", value: "a" })
})
