import { createHash } from "node:crypto"
import { nodePrimitives } from "@govah/node"
import { encodeAnswer } from "../routes/answer.ts"

/** One answer to a bundle, as `vectors/relay-answer.json` has it. */
export interface AnswerCase {
  readonly name: string
  readonly expect: "accept" | "reject:bad-answer"
  /** How many cells were sent. The id of the n-th (from 0) is SHA-256 of the text `cell n`. */
  readonly sent: number
  /** Hex. */
  readonly answer: string
  /** Where accepted: the indexes of cells that are durable. */
  readonly durable?: readonly number[]
}

/** The id of the n-th cell of these cases. */
export function vectorId(n: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(`cell ${n}`).digest())
}

/** Makes the whole file. Run this module to write it. */
export async function makeAnswerVectors(): Promise<
  { readonly cases: readonly AnswerCase[] } & Record<string, unknown>
> {
  const cases: AnswerCase[] = []
  for (const count of [1, 7, 8, 9, 64]) {
    const all = Array.from({ length: count }, (_, i) => i)
    cases.push(await accept(`${count} cells, all durable`, count, all))
  }
  cases.push(await accept("none of 3 durable", 3, []))
  cases.push(await accept("the last of 9 alone", 9, [8]))
  const nine = (cases[3] as AnswerCase).answer
  const bitmap = nine.slice(0, 4)
  const hash = nine.slice(4)
  const otherOrder = await encodeAnswer([true, true], [vectorId(1), vectorId(0)], nodePrimitives)
  const rejects: [string, number, string][] = [
    ["nothing", 9, ""],
    ["the bitmap alone", 9, bitmap],
    ["the hash alone", 9, hash],
    ["a byte short", 9, nine.slice(0, -2)],
    ["a byte long", 9, `${nine}00`],
    ["a bitmap of one byte for 9 cells", 9, `ff${hash}`],
    ["a bitmap of two bytes for 8 cells", 8, `ff00${(cases[2] as AnswerCase).answer.slice(2)}`],
    ["a bit past the last cell", 9, `ffc0${hash}`],
    ["the last bit of the bitmap set", 9, `ff81${hash}`],
    ["least significant bit first", 9, `ff01${hash}`],
    [
      "one bit of the hash changed",
      9,
      `${nine.slice(0, -1)}${(Number.parseInt(nine.slice(-1), 16) ^ 1).toString(16)}`,
    ],
    ["the hash of other cells", 9, `${bitmap}${(cases[2] as AnswerCase).answer.slice(2)}`],
    ["the hash of the same cells in another order", 2, Buffer.from(otherOrder).toString("hex")],
    ["the hash first", 9, `${hash}${bitmap}`],
    ["a refusal in place of an answer", 1, Buffer.from('{"error":"busy"}').toString("hex")],
  ]
  for (const [name, sent, answer] of rejects) cases.push({ name, expect: "reject:bad-answer", sent, answer })
  return {
    source: "Made for this project by packages/relay/src/testing/answer-vectors.ts.",
    spec: "spec/relay.md",
    note: "A relay's answer to a bundle of so many cells (sent). The id of the n-th cell, from 0, is SHA-256 of the text `cell n`. durable: the indexes that a reader takes as stored.",
    cases,
  }
}

async function accept(name: string, sent: number, durable: readonly number[]): Promise<AnswerCase> {
  const ids = Array.from({ length: sent }, (_, i) => vectorId(i))
  const bits = ids.map((_, i) => durable.includes(i))
  const answer = Buffer.from(await encodeAnswer(bits, ids, nodePrimitives)).toString("hex")
  return { name, expect: "accept", sent, answer, durable }
}
