import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { build, type Rollup } from "vite"
import { median, round } from "../figures.ts"
import { measureYardstick } from "../yardstick.ts"
import { type BrowserName, openBrowser } from "./browser.ts"
import type { Job } from "./worker.ts"

// Sealing in a worker of Chromium and of Firefox, ours beside the age library's stream: same file, same cutting and hashing,
// same sink. See README.md.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)
const MEBIBYTES = Number(process.env["GOVAH_BENCH_MEBIBYTES"] ?? 128)
// Memory must not grow from the small to the large.
const LARGE = Number(process.env["GOVAH_BENCH_LARGE"] ?? 1024)
/** Bytes by which the peak may differ between two runs that hold the same: pieces in passage, garbage not yet collected. */
const FLAT_BYTES = 64e6

interface Ran {
  readonly seconds: number
  readonly bytes: number
}

interface Figures {
  readonly agent: string
  readonly cipher: string
  readonly discardMBps: number
  readonly libraryDiscardMBps: number
  /** Ours with the file's plain stream, as the library takes it. */
  readonly plainStreamDiscardMBps: number
  readonly fileMBps: number
  readonly libraryFileMBps: number
  readonly peakMegabytes: readonly [number, number]
}

const built = (await build({
  configFile: false,
  logLevel: "error",
  build: {
    write: false,
    target: "es2022",
    lib: { entry: new URL("worker.ts", import.meta.url).pathname, formats: ["es"], fileName: "worker" },
  },
})) as Rollup.RollupOutput[]
const script = built[0]?.output[0]?.code ?? ""
const recipient = await identityToRecipient(await generateX25519Identity())

const WAYS = {
  discard: { sealer: "govah", source: "lent", sink: "nowhere" },
  libraryDiscard: { sealer: "library", source: "stream", sink: "nowhere" },
  plainStreamDiscard: { sealer: "govah", source: "stream", sink: "nowhere" },
  file: { sealer: "govah", source: "lent", sink: "file" },
  libraryFile: { sealer: "library", source: "stream", sink: "file" },
} as const

async function measure(name: BrowserName): Promise<Figures> {
  const browser = await openBrowser(name, script)
  const seal = async (job: Omit<Job, "recipient">): Promise<Ran> =>
    (await browser.ask({ ...job, recipient })) as Ran
  try {
    const rates = new Map<string, number[]>()
    const cipher = String(await browser.ask(MEBIBYTES))
    // Not counted: it brings the source into memory.
    await seal(WAYS.discard)
    for (let turn = 0; turn < ROUNDS; turn++) {
      // Each comes first in its turn, since who comes first pays for what the browser does once.
      for (const [way, job] of rotated(Object.entries(WAYS), turn)) {
        // Outside the timed part: a disk that still writes what came before slows whoever comes next.
        execFileSync("sync")
        const { seconds, bytes } = await seal(job)
        // Outside the timed part: nothing was left out.
        if (bytes < MEBIBYTES * 1_048_576) throw new Error(`only ${bytes} bytes came out`)
        rates.set(way, [...(rates.get(way) ?? []), bytes / 1e6 / seconds])
      }
    }
    const peaks: number[] = []
    for (const mebibytes of [MEBIBYTES, LARGE]) {
      await browser.ask(mebibytes)
      await seal(WAYS.discard)
      peaks.push(round(browser.peakBytes() / 1e6))
    }
    const rate = (way: keyof typeof WAYS): number => round(median(rates.get(way) ?? []))
    return {
      agent: browser.agent,
      cipher,
      discardMBps: rate("discard"),
      libraryDiscardMBps: rate("libraryDiscard"),
      plainStreamDiscardMBps: rate("plainStreamDiscard"),
      fileMBps: rate("file"),
      libraryFileMBps: rate("libraryFile"),
      peakMegabytes: [peaks[0] ?? 0, peaks[1] ?? 0],
    }
  } finally {
    await browser.close()
  }
}

function rotated<T>(list: readonly T[], by: number): T[] {
  return [...list.slice(by % list.length), ...list.slice(0, by % list.length)]
}

const before = measureYardstick()
const chromium = await measure("chromium")
const firefox = await measure("firefox")
const result = { rounds: ROUNDS, chromium, firefox, yardsticks: { before, after: measureYardstick() } }
const growth = (of: Figures): number => (of.peakMegabytes[1] - of.peakMegabytes[0]) * 1e6
const limits: readonly (readonly [string, number, ">=" | "<=", number])[] = [
  ["Chromium, discarded: times the library", chromium.discardMBps / chromium.libraryDiscardMBps, ">=", 3],
  ["Chromium, into a file: times the library", chromium.fileMBps / chromium.libraryFileMBps, ">=", 2],
  ["Firefox, discarded: times the library", firefox.discardMBps / firefox.libraryDiscardMBps, ">=", 1],
  ["Firefox, into a file: times the library", firefox.fileMBps / firefox.libraryFileMBps, ">=", 1],
  ["Chromium, growth of memory, MB", growth(chromium) / 1e6, "<=", FLAT_BYTES / 1e6],
  ["Firefox, growth of memory, MB", growth(firefox) / 1e6, "<=", FLAT_BYTES / 1e6],
]
for (const [name, value, order, limit] of limits) {
  const met = order === ">=" ? value >= limit : value <= limit
  console.log(met ? "met   " : "MISSED", name, value.toFixed(2), order, limit)
  if (!met) process.exitCode = 1
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
