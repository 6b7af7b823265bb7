import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson, canonicalJsonBytes, type Json, MAX_JSON_DEPTH, parseCanonicalJson } from "./index.ts"

const text = fc.string({ unit: "grapheme", maxLength: 12 })
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(true, false),
    fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
    text,
    fc.array(fc.oneof(fc.constant(null), tie("value")), { maxLength: 4 }),
    fc.dictionary(text, fc.oneof(fc.constant(null), tie("value")), { maxKeys: 5 }),
  ),
}))

test("what is written is read back, from text and from bytes", () => {
  fc.assert(
    fc.property(value, (document) => {
      expect(parseCanonicalJson(canonicalJson(document))).toEqual(document)
      expect(parseCanonicalJson(canonicalJsonBytes(document))).toEqual(document)
      // An engine that knows nothing of ours reads the same.
      expect(JSON.parse(canonicalJson(document))).toEqual(document)
    }),
    { numRuns: 1_000 },
  )
})

test("every second spelling of the same value is refused", () => {
  let met = 0
  const respelling = fc.constantFrom("space", "escape", "fraction", "exponent", "repeat", "order")
  fc.assert(
    fc.property(value, respelling, fc.nat(), (document, kind, place) => {
      const written = canonicalJson(document)
      const other = respell(written, kind, place % written.length)
      if (other === written || !meansTheSame(other, document)) return
      met++
      expect(parseCanonicalJson(other), other).toBeNull()
    }),
    { numRuns: 3_000 },
  )
  expect(met).toBeGreaterThan(100)
})

test("any one byte changed gives another value or none", () => {
  fc.assert(
    fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (document, place, bits) => {
      const bytes = canonicalJsonBytes(document)
      const at = place % bytes.length
      bytes[at] = (bytes[at] as number) ^ bits
      const read = parseCanonicalJson(bytes)
      if (read !== null) expect(canonicalJson(read)).not.toBe(canonicalJson(document))
    }),
    { numRuns: 1_000 },
  )
})

test("what has no canonical form is not written", () => {
  for (const bad of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0, "\ud800", { "\udc00": 1 }]) {
    expect(() => canonicalJson(bad)).toThrow(TypeError)
  }
})

test("depth is bounded before anything recursive sees the text", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth)
  expect(parseCanonicalJson(nested(MAX_JSON_DEPTH))).not.toBeNull()
  expect(parseCanonicalJson(nested(MAX_JSON_DEPTH + 1))).toBeNull()
  expect(parseCanonicalJson("[".repeat(5_000_000))).toBeNull()
})

function respell(written: string, kind: string, at: number): string {
  const before = written.slice(0, at)
  const here = written[at] as string
  const after = written.slice(at + 1)
  if (kind === "space") return `${before} ${here}${after}`
  if (kind === "escape") return `${before}\\u${here.charCodeAt(0).toString(16).padStart(4, "0")}${after}`
  if (kind === "fraction") return `${before}${here}.0${after}`
  if (kind === "exponent") return `${before}${here}e0${after}`
  if (kind === "repeat") return written.replace(/^\{(.*)\}$/s, "{$1,$1}")
  const members = /^\{(.*)\}$/s.exec(written)
  return members === null ? written : `{${(members[1] as string).split(",").toReversed().join(",")}}`
}

function meansTheSame(other: string, document: Json): boolean {
  try {
    return canonicalJson(JSON.parse(other) as Json) === canonicalJson(document)
  } catch {
    return false
  }
}
