import { readFileSync, writeFileSync } from "node:fs"
import { decodeBitmap } from "@govah/core/cell"
import { expect, test } from "vitest"
import { type AnswerCase, makeAnswerVectors, vectorId } from "../testing/answer-vectors.ts"
import { hashOf } from "../testing/test-relay.ts"

const file = new URL("../../../../vectors/relay-answer.json", import.meta.url)

// A reader as the spec describes it, written apart from the one in the field.
function read({ sent, answer }: AnswerCase): readonly number[] | null {
  const bytes = Buffer.from(answer, "hex")
  const bits = bytes.length < 32 ? null : decodeBitmap(bytes.subarray(0, -32), sent)
  const ids = Buffer.concat(Array.from({ length: sent }, (_, i) => vectorId(i)))
  if (bits === null || bytes.subarray(-32).toString("hex") !== hashOf(ids)) return null
  return bits.flatMap((bit, i) => (bit ? [i] : []))
}

test("The vectors are the ones that the code makes", async () => {
  const made = `${JSON.stringify(await makeAnswerVectors(), null, 1)}\n`
  // `GOVAH_WRITE_VECTORS=1` writes them anew, for whoever changes the format.
  if (process.env["GOVAH_WRITE_VECTORS"] !== undefined) writeFileSync(file, made)
  expect(readFileSync(file, "utf8")).toBe(made)
})

test("Every vector is read, or refused, as it says", async () => {
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: AnswerCase[] }
  for (const one of cases) expect(read(one), one.name).toEqual(one.durable ?? null)
  const accepted = cases.filter((one) => one.expect === "accept").length
  expect(cases.length - accepted).toBeGreaterThan(accepted)
})
