import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson, concatBytes, equalBytes, toBase64Url } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import type { Report } from "../report/index.ts"
import { createRecording, type SealedCell, sealClosing, sealParcel } from "../seal/index.ts"
import { type AnyOpenedRoot, openAnyRoot, openRoot } from "./index.ts"

const desk = toBase64Url(p.random(32))

const report: Report = {
  type: "observation",
  language: "en",
  text: "",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}

async function rootFor(recipient: string, part: AnyOpenedRoot["part"], text: string): Promise<Uint8Array> {
  const sender = { seed: p.random(32), invitation: null }
  const to = { recipients: [recipient], rules: { interopX25519: true }, desk, sender }
  const said = { ...report, text }
  const lastOf = async (cells: AsyncIterable<SealedCell>): Promise<Uint8Array> =>
    (await Array.fromAsync(cells)).at(-1)?.bytes as Uint8Array
  if (part === "final") return await lastOf(sealParcel({ report: said, attachments: [], ...to }, p))
  const recording = await createRecording({ draft: said, type: "audio/webm", ...to }, p)
  if (part === "provisional") return recording.provisional.bytes
  return await lastOf(sealClosing(recording.closer, [text.length], [recording.provisional.id], p))
}

const kinds = [
  ["final", "X25519", await generateX25519Identity(), 1_500],
  ["final", "hybrid", await generateHybridIdentity(), 150],
  ["provisional", "X25519", await generateX25519Identity(), 700],
  ["closing", "X25519", await generateX25519Identity(), 700],
] as const

test.each(kinds)(
  "%s roots sealed to %s: splices, cuts, repeats and flips never open as anything else",
  async (part, _, identity, numRuns) => {
    const recipient = await identityToRecipient(identity)
    const one = await rootFor(recipient, part, "one")
    const two = await rootFor(recipient, part, "another")
    const documents = new Map<Uint8Array, string>()
    for (const cell of [one, two]) {
      const opened = await openAnyRoot(cell, [identity], desk, p)
      expect(opened).toMatchObject({ part, signatureValid: true })
      documents.set(cell, canonicalJson(opened?.document ?? null))
    }
    expect(documents.get(one)).not.toBe(documents.get(two))
    const answers = new Map<string, number>()
    // Half of all changes fall into the header, which is the smaller part and the one with a grammar.
    const place = fc.oneof(fc.nat({ max: 400 }), fc.nat({ max: CELL_BYTES - 1 }))
    const change = fc.constantFrom("flip", "byte", "splice", "cut", "grow", "repeat", "swap", "insert")
    await fc.assert(
      fc.asyncProperty(change, place, place, fc.nat({ max: 255 }), async (kind, a, b, value) => {
        const from = Math.min(a, b)
        const to = Math.max(a, b) + 1
        let cell: Uint8Array = one.slice()
        if (kind === "flip") cell[a] = (cell[a] as number) ^ (1 << (value & 7))
        if (kind === "byte") cell[a] = value
        if (kind === "splice") cell.set(two.subarray(from, to), from)
        if (kind === "cut") cell = cell.slice(0, a)
        if (kind === "grow") cell = concatBytes(cell, two.subarray(from, to))
        if (kind === "repeat") cell.copyWithin(to, from, to)
        if (kind === "swap") cell = concatBytes(cell.subarray(to), cell.subarray(0, to))
        if (kind === "insert")
          cell = concatBytes(cell.subarray(0, a), Uint8Array.of(value), cell.subarray(a, -1))
        const answer = await openAnyRoot(cell, [identity], desk, p).catch(
          (error: { code: string }) => error.code,
        )
        const known = [one, two].find((root) => equalBytes(root, cell))
        if (known !== undefined) {
          expect(typeof answer === "object" && canonicalJson(answer?.document ?? null)).toBe(
            documents.get(known),
          )
          return
        }
        const name = typeof answer === "string" ? answer : answer === null ? "not for us" : "opened"
        answers.set(name, (answers.get(name) ?? 0) + 1)
        expect(
          ["not for us", "tampered", "truncated", "too-long", "mixed-recipients"],
          `${kind} ${a} ${b}`,
        ).toContain(name)
      }),
      { numRuns },
    )
    expect(answers.get("tampered") ?? 0).toBeGreaterThan(10)
    expect(answers.get("not for us") ?? 0).toBeGreaterThan(10)
  },
)

test("a reader of whole reports is told that a root is part of a recording", async () => {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  for (const part of ["provisional", "closing"] as const) {
    const cell = await rootFor(recipient, part, "one")
    await expect(openRoot(cell, [identity], desk, p)).rejects.toMatchObject({ code: "part-of-recording" })
  }
  expect(await openRoot(await rootFor(recipient, "final", "one"), [identity], desk, p)).toMatchObject({
    part: "final",
  })
})
