import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { BODY_BYTES, CELL_BYTES, cellId, splitBundle } from "@govah/core/cell"
import { cutCells, type SealedCell } from "@govah/core/seal"
import { nodePrimitives } from "@govah/node"
import { median, round, scaledRate } from "../figures.ts"
import { measureYardstick } from "../yardstick.ts"

// Cutting a ciphertext into cells and naming them, and the way back: splitting bundles, checking each cell by its name,
// joining the bodies. In memory, in one thread. See README.md.
const ROUNDS = 5
const LIMIT_MBPS = 600
const BYTES = 256 * 1_048_576
const CHUNK_BYTES = 65_552
const BUNDLE_CELLS = 64

const chunk = new Uint8Array(randomBytes(CHUNK_BYTES))
const forget = nodePrimitives.random(32)

async function* ciphertext(): AsyncGenerator<Uint8Array, void, void> {
  for (let done = 0; done < BYTES; done += CHUNK_BYTES) yield chunk
}

const cells = (): AsyncGenerator<SealedCell, void, void> =>
  cutCells(ciphertext(), forget, { run: "attachment", next: 0 }, nodePrimitives)

/** Seconds of processor time of this thread, and of the clock. */
async function time(
  act: () => Promise<void>,
): Promise<{ readonly processor: number; readonly clock: number }> {
  const [used, start] = [process.threadCpuUsage(), performance.now()]
  await act()
  const { user, system } = process.threadCpuUsage(used)
  return { processor: (user + system) / 1e6, clock: (performance.now() - start) / 1000 }
}

const cut: { readonly processor: number; readonly clock: number }[] = []
const joined: { readonly processor: number; readonly clock: number }[] = []
let bytes = 0
const before = measureYardstick()
for (let turn = 0; turn < ROUNDS; turn++) {
  cut.push(
    await time(async () => {
      const ids: string[] = []
      for await (const { id } of cells()) ids.push(id)
      bytes = ids.length * CELL_BYTES
    }),
  )

  const whole = new Uint8Array((bytes / CELL_BYTES) * BODY_BYTES).fill(1)
  const bundles = [new Uint8Array(BUNDLE_CELLS * CELL_BYTES)].slice(1)
  const expected = new Set<string>()
  for await (const { id, bytes: cell } of cells()) {
    const at = (expected.size % BUNDLE_CELLS) * CELL_BYTES
    if (at === 0) bundles.push(new Uint8Array(BUNDLE_CELLS * CELL_BYTES))
    bundles.at(-1)?.set(cell, at)
    expected.add(id)
  }
  let filled = 0
  joined.push(
    await time(async () => {
      for (const bundle of bundles) {
        for (const cell of splitBundle(bundle).cells) {
          // The last bundle is not full.
          if (filled === whole.length) break
          if (!expected.has(await cellId(cell, nodePrimitives)))
            throw new Error("a cell is not what its name says")
          whole.set(cell.subarray(0, BODY_BYTES), filled)
          filled += BODY_BYTES
        }
      }
    }),
  )

  // Outside the timed parts: what was joined is what was cut.
  for (let at = 0; at + CHUNK_BYTES <= filled; at += CHUNK_BYTES)
    if (!Buffer.from(whole.buffer, at, CHUNK_BYTES).equals(chunk)) throw new Error(`bytes from ${at} changed`)
}
const after = measureYardstick()
const rate = (times: typeof cut, of: "processor" | "clock"): number =>
  round(bytes / 1e6 / median(times.map((one) => one[of])))
const result = {
  rounds: ROUNDS,
  cutAndHashMBps: rate(cut, "processor"),
  hashAndJoinMBps: rate(joined, "processor"),
  cutAndHashByTheClockMBps: rate(cut, "clock"),
  hashAndJoinByTheClockMBps: rate(joined, "clock"),
  yardsticks: { before, after },
}
const scaled = round(scaledRate(LIMIT_MBPS, [before, after]))
for (const [name, value] of [
  ["cutting and hashing", result.cutAndHashMBps],
  ["hashing and joining", result.hashAndJoinMBps],
] as const) {
  const met = value >= LIMIT_MBPS
  console.log(met ? "met   " : "MISSED", name, value, `>= ${LIMIT_MBPS} MB/s of processor time`)
  if (!met) process.exitCode = 1
}
console.log(
  `by the clock ${result.cutAndHashByTheClockMBps} and ${result.hashAndJoinByTheClockMBps}; limit scaled by the yardstick ${scaled}`,
)
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
