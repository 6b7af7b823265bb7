import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { toBase64Url, utf8Text } from "../bytes/index.ts"
import type { Report } from "../report/index.ts"
import { type Sender, sealParcel } from "./index.ts"

const REPORT: Report = {
  type: "observation",
  language: "en",
  text: "What was seen.",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}
const recipient = await identityToRecipient(await generateHybridIdentity())
const desk = toBase64Url(await p.publicKey(p.random(32)))
const EACH = 150

async function root(sender: Sender): Promise<{ readonly cells: number; readonly cell: Uint8Array }> {
  const rules = { interopX25519: false }
  const input = { report: REPORT, attachments: [], recipients: [recipient], rules, desk, sender }
  const cells: Uint8Array[] = []
  for await (const { bytes } of sealParcel(input, p)) cells.push(bytes.slice())
  return { cells: cells.length, cell: cells.at(-1) as Uint8Array }
}

async function roots(make: () => Sender): Promise<readonly { cells: number; cell: Uint8Array }[]> {
  return await Promise.all(Array.from({ length: EACH }, () => root(make())))
}

/** How far apart two groups are at the place that tells most: chi-squared of the upper halves of its bytes, 15 degrees. */
function worstPlace(some: readonly Uint8Array[], others: readonly Uint8Array[]): number {
  let worst = 0
  for (let at = 0; at < 16_384; at++) {
    const counts = [some, others].map((group) => {
      const bins = Array.from({ length: 16 }, () => 0)
      for (const cell of group) bins[(cell[at] as number) >> 4]!++
      return bins
    }) as [number[], number[]]
    let apart = 0
    for (let bin = 0; bin < 16; bin++) {
      const [a, b] = [counts[0][bin] as number, counts[1][bin] as number]
      if (a + b > 0) apart += (a - b) ** 2 / (a + b)
    }
    worst = Math.max(worst, apart)
  }
  return worst
}

/** A header's lines without what is random in them: only its form. */
function form(cell: Uint8Array): string {
  const header = utf8Text(cell.subarray(0, 8_192).map((byte) => (byte < 0x80 ? byte : 0x3f))) as string
  const lines = header.slice(0, header.indexOf("\n---") + 5).split("\n")
  return lines
    .map(
      (line) =>
        `${line
          .split(" ")
          .slice(0, 2)
          .join(" ")
          .slice(0, 20)
          .replace(/[\w+/]{16,}/, "*")} ${line.length}`,
    )
    .join("\n")
}

test("nobody can tell a root of an anonymous witness from a unit's, by its form, number or any byte; a marked one is told", async () => {
  const back = p.random(32)
  const seed = p.random(32)
  const units = await roots(() => ({ seed: p.random(32), invitation: toBase64Url(p.random(16)) }))
  // The same witness each time: what their roots share is inside the seal.
  const witnesses = await roots(() => ({ seed, invitation: null, back }))
  for (const group of [units, witnesses]) {
    expect(new Set(group.map(({ cells }) => cells))).toEqual(new Set([1]))
    expect(new Set(group.map(({ cell }) => cell.length))).toEqual(new Set([16_384]))
  }
  expect(new Set([...units, ...witnesses].map(({ cell }) => form(cell))).size).toBe(1)
  const cellsOf = (group: readonly { cell: Uint8Array }[]): readonly Uint8Array[] =>
    group.map(({ cell }) => cell)
  // Chance stays below 90 at all 16,384 places but for one run in a million.
  expect(worstPlace(cellsOf(units), cellsOf(witnesses))).toBeLessThan(90)
  // Positive control: a sender who marks anonymous roots by one byte of the commitment.
  const marked = cellsOf(witnesses).map((cell) => {
    const copy = cell.slice()
    copy[16_383] = 0
    return copy
  })
  expect(worstPlace(cellsOf(units), marked)).toBeGreaterThan(120)
})
