import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson, concatBytes, equalBytes } from "../bytes/index.ts"
import { parseSignedLine, type SigningContext, signLine, verifyLine } from "./index.ts"

const CONTEXTS: readonly SigningContext[] = [
  "govah-root-v1",
  "govah-entry-v1",
  "govah-feed-v1",
  "govah-card-v1",
]
const seed = p.random(32)
const key = await p.publicKey(seed)
const document = fc.dictionary(
  fc.string({ unit: "grapheme" }),
  fc.oneof(fc.string({ unit: "grapheme" }), fc.nat()),
)
const context = fc.constantFrom(...CONTEXTS)

test("a line holds in its own context and under its own key alone", async () => {
  const stranger = await p.publicKey(p.random(32))
  await fc.assert(
    fc.asyncProperty(
      document,
      context,
      context,
      fc.uint8Array({ maxLength: 40 }),
      async (value, made, read, rest) => {
        const bytes = await signLine(made, value, seed, p)
        const line = parseSignedLine(concatBytes(bytes, rest))
        if (line === null) throw new Error("it is a line")
        expect(canonicalJson(line.document)).toBe(canonicalJson(value))
        expect(equalBytes(line.rest, rest)).toBe(true)
        expect(await verifyLine(read, line, key, p)).toBe(made === read)
        expect(await verifyLine(made, line, stranger, p)).toBe(false)
      },
    ),
    { numRuns: 300 },
  )
})

test("no byte changed, lost or put in between gives a line that verifies", async () => {
  await fc.assert(
    fc.asyncProperty(
      document,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.nat({ max: 2 }),
      async (value, place, bits, kind) => {
        const bytes = await signLine("govah-feed-v1", value, seed, p)
        const at = place % bytes.length
        const byte = Uint8Array.of((bytes[at] as number) ^ bits)
        const after = bytes.subarray(kind === 2 ? at : at + 1)
        const received = concatBytes(bytes.subarray(0, at), kind === 1 ? new Uint8Array(0) : byte, after)
        const line = parseSignedLine(received)
        expect(line !== null && (await verifyLine("govah-feed-v1", line, key, p))).toBe(false)
      },
    ),
    { numRuns: 1_000 },
  )
})
