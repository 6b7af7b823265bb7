import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { median, round } from "../figures.ts"
import { measureYardstick, type Yardstick } from "../yardstick.ts"
import { measureHolding } from "./holding.ts"
import { fillBare, loadRelay, loadTus } from "./ingest.ts"

// How fast the relay takes cells, beside tus and beside SQLite alone, all durable before they acknowledge. Rounds
// alternate, so that a busy disk slows all. See README.md.
const isShort = process.argv.includes("--short")
const ROUNDS = isShort ? 1 : Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)
const LARGE = { connections: 8, requests: isShort ? 24 : 96, cellsARequest: 64, perSecond: null }
const SMALL = { connections: 64, requests: isShort ? 1_024 : 6_144, cellsARequest: 1, perSecond: null }
const cellsOf = (load: { readonly requests: number; readonly cellsARequest: number }): number =>
  load.requests * load.cellsARequest
const folder = mkdtempSync(join(tmpdir(), "govah-bench-"))

const yardsticks: Yardstick[] = []
const rates: Record<string, number[]> = {}
const note = (name: string, value: number): void => void (rates[name] ??= []).push(value)
for (let i = 0; i < ROUNDS; i++) {
  yardsticks.push(measureYardstick())
  note("bare", cellsOf(LARGE) / fillBare(folder, cellsOf(LARGE), 256))
  note("large", cellsOf(LARGE) / (await loadRelay(folder, LARGE, 1)).seconds)
  note("largeNew", cellsOf(LARGE) / (await loadRelay(folder, LARGE, 0)).seconds)
  note("tusLarge", cellsOf(LARGE) / (await loadTus(folder, LARGE)).seconds)
  const small = cellsOf(SMALL) / (await loadRelay(folder, SMALL, 1)).seconds
  note("small", small)
  note("tusSmall", cellsOf(SMALL) / (await loadTus(folder, SMALL)).seconds)
  const half = await loadRelay(folder, { ...SMALL, perSecond: small / 2 }, 1)
  note("halfMedianMs", half.medianMs)
  note("halfP99Ms", half.p99Ms)
}
console.log("times:", JSON.stringify(rates))
const holding = await measureHolding(
  folder,
  isShort ? 20_000 : 1_000_000,
  isShort ? 500 : 10_000,
  isShort ? 20 : 200,
)
rmSync(folder, { recursive: true })

const of = (name: string): number => median(rates[name] as number[])
const toMegabytes = (cells: number): number => round((cells * CELL_BYTES) / 1e6)
const slowest = yardsticks.toSorted((a, b) => b.sqlite20kInsertsMs - a.sqlite20kInsertsMs)[0] as Yardstick
const result = {
  yardstick: slowest,
  rounds: ROUNDS,
  relay64CellsARequestMBps: toMegabytes(of("large")),
  newRelay64CellsARequestMBps: toMegabytes(of("largeNew")),
  tus64CellsARequestMBps: toMegabytes(of("tusLarge")),
  sqliteAloneMBps: toMegabytes(of("bare")),
  relaySmallReportsPerSecond: Math.round(of("small")),
  tusSmallReportsPerSecond: Math.round(of("tusSmall")),
  smallAtHalfLoadMedianMs: round(of("halfMedianMs")),
  smallAtHalfLoadP99Ms: round(of("halfP99Ms")),
  holdingMemoryMB: Math.round(holding.memoryMB),
  holdingPageMedianMs: round(holding.pageMedianMs),
  holdingPageWorstMs: round(holding.pageWorstMs),
}
const limits = [
  { what: "64 cells a request, times tus", is: of("large") / of("tusLarge"), atLeast: 2 },
  { what: "64 cells a request, times SQLite alone", is: of("large") / of("bare"), atLeast: 0.5 },
  { what: "small reports, times tus", is: of("small") / of("tusSmall"), atLeast: 3 },
  { what: "99 of 100 small reports at half of that load, ms", is: of("halfP99Ms"), atMost: 50 },
  { what: "resident with a million cells and 10,000 readers, MB", is: holding.memoryMB, atMost: 300 },
  { what: "a page of the listing there, ms", is: holding.pageMedianMs, atMost: 20 },
]
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
for (const { what, is, atLeast, atMost } of limits) {
  const isMet = atLeast === undefined ? is <= (atMost as number) : is >= atLeast
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  console.log(`${isMet ? "met   " : "MISSED"} ${what}: ${is.toFixed(2)} (${bound})`)
}
