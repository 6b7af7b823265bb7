import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson, concatBytes, equalBytes, toBase64Url } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { sealParcel } from "../seal/index.ts"
import { openRoot } from "./index.ts"

const desk = toBase64Url(p.random(32))

async function rootsFor(recipient: string): Promise<{ cell: Uint8Array; text: string }[]> {
  return await Promise.all(
    ["one", "another"].map(async (text) => {
      const parcel = sealParcel(
        {
          report: {
            type: "observation",
            language: "en",
            text,
            place: null,
            period: null,
            basis: "saw",
            claims: [],
            action: null,
            consent: { publish: "all", notBefore: null },
          },
          attachments: [],
          recipients: [recipient],
          rules: { interopX25519: true },
          desk,
          sender: { seed: p.random(32), invitation: null },
        },
        p,
      )
      const cells = await Array.fromAsync(parcel)
      return { cell: cells[0]?.bytes as Uint8Array, text }
    }),
  )
}

const kinds = [
  ["X25519", await generateX25519Identity(), 1_500],
  ["hybrid", await generateHybridIdentity(), 150],
] as const

test.each(kinds)(
  "roots sealed to %s: splices, cuts, repeats and flips never open as anything else",
  async (_, identity, numRuns) => {
    const [one, two] = await rootsFor(await identityToRecipient(identity))
    if (one === undefined || two === undefined) throw new Error("no roots")
    const texts = new Map<string, string>()
    for (const { cell, text } of [one, two]) {
      const opened = await openRoot(cell, [identity], desk, p)
      expect(opened?.signatureValid).toBe(true)
      expect(opened && "body" in opened.document && opened.document.body.report.text).toBe(text)
      texts.set(text, canonicalJson(opened?.document ?? null))
    }
    const answers = new Map<string, number>()
    // Half of all changes fall into the header, which is the smaller part and the one with a grammar.
    const place = fc.oneof(fc.nat({ max: 400 }), fc.nat({ max: CELL_BYTES - 1 }))
    const change = fc.constantFrom("flip", "byte", "splice", "cut", "grow", "repeat", "swap", "insert")
    await fc.assert(
      fc.asyncProperty(change, place, place, fc.nat({ max: 255 }), async (kind, a, b, value) => {
        const from = Math.min(a, b)
        const to = Math.max(a, b) + 1
        let cell: Uint8Array = one.cell.slice()
        if (kind === "flip") cell[a] = (cell[a] as number) ^ (1 << (value & 7))
        if (kind === "byte") cell[a] = value
        if (kind === "splice") cell.set(two.cell.subarray(from, to), from)
        if (kind === "cut") cell = cell.slice(0, a)
        if (kind === "grow") cell = concatBytes(cell, two.cell.subarray(from, to))
        if (kind === "repeat") cell.copyWithin(to, from, to)
        if (kind === "swap") cell = concatBytes(cell.subarray(to), cell.subarray(0, to))
        if (kind === "insert")
          cell = concatBytes(cell.subarray(0, a), Uint8Array.of(value), cell.subarray(a, -1))
        const answer = await openRoot(cell, [identity], desk, p).catch(
          (error: { code: string }) => error.code,
        )
        const known = [one, two].find((root) => equalBytes(root.cell, cell))
        if (known !== undefined) {
          expect(typeof answer === "object" && canonicalJson(answer?.document ?? null)).toBe(
            texts.get(known.text),
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
