import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { fuzz, fuzzInput, type FuzzTarget } from "./fuzz.ts"
import { readCorpus } from "./fuzz-corpus.ts"
import { fuzzTargets } from "./fuzz-targets.ts"

const CASES = 12_000
const seed = Number(process.env["GOVAH_SEED"] ?? 1)

test(`mutated input of every reader is refused or harmless (${CASES} cases, seed ${seed})`, async () => {
  let cases = 0
  for (const target of await fuzzTargets(readCorpus(), nodePrimitives)) {
    const outcome = await fuzz(target, seed, Math.max(5, (CASES * target.share) / 100_000), () =>
      performance.now(),
    )
    cases += outcome.cases
    expect(outcome.refused + outcome.accepted).toBe(outcome.cases)
  }
  expect(cases).toBeGreaterThan(10_000)
})

// The attack is real: readers with a fault are found out.
const careless: readonly (readonly [string, FuzzTarget["read"]])[] = [
  ["one that crashes on a byte of its choice", async (bytes) => (bytes[5] === 0xff ? [].at(0)!["x"] : true)],
  [
    "one that accepts what nobody has written",
    async (bytes) => {
      const { FuzzFinding } = await import("./fuzz.ts")
      if (bytes.length > 64) throw new FuzzFinding("accepted")
      return true
    },
  ],
]
test.each(careless)("%s is found", async (_, read) => {
  const target: FuzzTarget = { name: "careless", inputs: [new Uint8Array(64)], share: 1, read }
  const found = await fuzz(target, 1, 20_000, () => 0).catch((error: Error) => error)
  expect(found).toBeInstanceOf(Error)
  const at = Number(/seed (\d+)/.exec((found as Error).message)?.[1])
  await expect(read(fuzzInput(target, at))).rejects.toThrow()
})
