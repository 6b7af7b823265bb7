import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { fuzz } from "./fuzz.ts"
import { readCorpus } from "./fuzz-corpus.ts"
import { fuzzTargets } from "./fuzz-targets.ts"

const CASES = Number(process.env["GOVAH_FUZZ_CASES"] ?? 1_100_000)
const seed = Number(process.env["GOVAH_SEED"] ?? Date.now() % 1_000_000_000)
/** A case that is slower than this, on a busy machine, took time that its length does not explain. */
const SLOW_MS = 5_000
/** What the process may grow by: unbounded memory would be gigabytes. */
const GROWTH_BYTES = 600 * 1024 * 1024

test(`mutated input of every reader is refused or harmless, in bounded time and memory (${CASES} cases, seed ${seed})`, async () => {
  console.log(`seed ${seed}: GOVAH_SEED=${seed} GOVAH_FUZZ_CASES=${CASES} runs the same cases`)
  const before = process.memoryUsage().rss
  let cases = 0
  for (const target of await fuzzTargets(readCorpus(), nodePrimitives)) {
    const outcome = await fuzz(target, seed, Math.ceil((CASES * target.share) / 100_000), () =>
      performance.now(),
    )
    const growth = Math.round((process.memoryUsage().rss - before) / 1_048_576)
    console.log(
      `${target.name}: ${outcome.cases} cases, ${outcome.accepted} accepted, slowest ${Math.round(outcome.slowestMs)} ms, memory +${growth} MiB`,
    )
    cases += outcome.cases
    expect(outcome.slowestMs).toBeLessThan(SLOW_MS)
    expect(process.memoryUsage().rss - before).toBeLessThan(GROWTH_BYTES)
  }
  console.log(`${cases} cases`)
})
