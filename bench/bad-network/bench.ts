import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { measureYardstick } from "../yardstick.ts"
import type { LineProfile } from "./line.ts"
import { makeCertificate, type ServerProcess, startRelay, startTlsFront, startTus } from "./servers.ts"
import type { Job, Outcome } from "./transfer.ts"

// A bad network, in real time: see README.md. All transfers run at once, each on a line of its own.
const quick = process.argv.includes("--quick")
const FILE_BYTES = quick ? 1_000_000 : 20_000_000
const SIZES = [8_192, 16_384, 32_768]
const FILE_SEEDS = 5
/** For what is only compared with. */
const OTHER_SEEDS = 3
const TEXT_SEEDS = 15
const RESTARTS = quick ? 1 : 5
/** What the file needs at the very least; restarts and texts are spread over it. */
const LEAST_MS = (FILE_BYTES * 8) / 400

const CUT = [3_000, 20_000] as const
const text = (seed: number): LineProfile => ({
  bitsPerSecond: 30_000,
  roundTripMs: 600,
  cutEveryMs: CUT,
  seed,
})
const file = (seed: number, cut: boolean): LineProfile => ({
  bitsPerSecond: 400_000,
  roundTripMs: 600,
  cutEveryMs: cut ? CUT : null,
  seed,
})

const folder = mkdtempSync(join(tmpdir(), "govah-bad-network-"))
const servers: ServerProcess[] = []
const restarted: ServerProcess[] = []
const certificate = makeCertificate(folder)
const outcomes: Outcome[] = []
const started = performance.now()

try {
  const runs = [...(await sizedRuns()), tusRun(), restartFromTimeToTime()]
  await Promise.all(runs)
} finally {
  for (const server of servers) server.stop()
  rmSync(folder, { recursive: true, force: true })
}
report()

async function sizedRuns(): Promise<Promise<void>[]> {
  const runs: Promise<void>[] = []
  for (const size of SIZES) {
    const shaky = await startRelay(join(folder, `shaky-${size}.db`), size)
    const steady = await startRelay(join(folder, `steady-${size}.db`), size)
    servers.push(shaky, steady)
    restarted.push(shaky)
    const jobs: Job[] = [job(`${size} file steady 0`, "file", steady.port, false, file(0, false))]
    for (let seed = 1; seed <= (size === 16_384 ? FILE_SEEDS : OTHER_SEEDS); seed++) {
      jobs.push(job(`${size} file cut ${seed}`, "file", shaky.port, false, file(seed, true)))
    }
    for (let seed = 1; seed <= TEXT_SEEDS; seed++) {
      const at = (seed / TEXT_SEEDS) * LEAST_MS * 0.9
      jobs.push(job(`${size} text cut ${seed}`, "text", shaky.port, false, text(seed), at))
    }
    runs.push(run(jobs, size))
    if (size !== 16_384) continue
    const tls: Job[] = []
    const [shakyTls, steadyTls] = [
      await startTlsFront(shaky.port, certificate),
      await startTlsFront(steady.port, certificate),
    ]
    tls.push(job(`${size} tls steady 0`, "file", steadyTls, true, file(0, false)))
    for (let seed = 1; seed <= FILE_SEEDS; seed++) {
      tls.push(job(`${size} tls cut ${seed}`, "file", shakyTls, true, file(seed, true)))
    }
    runs.push(run(tls, size))
  }
  return runs
}

async function tusRun(): Promise<void> {
  const shaky = await startTus(join(folder, "tus-shaky"))
  const steady = await startTus(join(folder, "tus-steady"))
  servers.push(shaky, steady)
  restarted.push(shaky)
  const jobs = [job("tus file steady 0", "tus", steady.port, false, file(0, false))]
  for (let seed = 1; seed <= OTHER_SEEDS; seed++) {
    jobs.push(job(`tus file cut ${seed}`, "tus", shaky.port, false, file(seed, true)))
  }
  await run(jobs, 16_384)
}

function job(
  name: string,
  kind: Job["kind"],
  targetPort: number,
  tls: boolean,
  profile: LineProfile,
  startAfterMs = 0,
): Job {
  return { name, kind, targetPort, tls, profile, startAfterMs, bytes: kind === "text" ? 0 : FILE_BYTES }
}

function run(jobs: readonly Job[], cellBytes: number): Promise<void> {
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const args = ["--import", here("cell-size.ts"), here("transfer.ts"), JSON.stringify(jobs)]
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      GOVAH_BENCH_CELL_BYTES: `${cellBytes}`,
      NODE_EXTRA_CA_CERTS: certificate.cert,
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  createInterface({ input: child.stdout }).on("line", (line) => {
    const outcome = JSON.parse(line) as Outcome
    outcomes.push(outcome)
    console.log(
      `${Math.round((performance.now() - started) / 1000)} s: ${outcome.name}: ${Math.round(outcome.ms / 100) / 10} s, ${outcome.cuts} cuts, ${outcome.bytesUp} bytes up for ${outcome.payloadBytes}`,
    )
  })
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a sender ended with ${code}`))))
  })
}

async function restartFromTimeToTime(): Promise<void> {
  for (let n = 1; n <= RESTARTS; n++) {
    const at = (n / (RESTARTS + 1)) * LEAST_MS
    await sleep(Math.max(0, started + at - performance.now()))
    await Promise.all(restarted.map((server) => server.restart()))
  }
}

function report(): void {
  const of = (kind: string): Outcome[] => outcomes.filter(({ name }) => name.startsWith(`${kind} `))
  const files: Record<string, unknown> = {}
  for (const kind of [...SIZES.map((size) => `${size} file`), "16384 tls", "tus file"]) {
    const steady = of(`${kind} steady`)[0] as Outcome
    const cut = of(`${kind} cut`)
    files[kind] = {
      steadyS: seconds(steady.ms),
      cutS: seconds(median(cut.map(({ ms }) => ms))),
      worstCutS: seconds(Math.max(...cut.map(({ ms }) => ms))),
      ratio: round(median(cut.map(({ ms }) => ms)) / steady.ms),
      cuts: median(cut.map(({ cuts }) => cuts)),
      goodputBitsPerSecond: Math.round((FILE_BYTES * 8_000) / median(cut.map(({ ms }) => ms))),
      upPerPayload: round(median(cut.map((one) => one.bytesUp / one.payloadBytes))),
      upPerPayloadSteady: round(steady.bytesUp / steady.payloadBytes),
    }
  }
  const texts: Record<string, unknown> = {}
  for (const size of SIZES) {
    const runs = of(`${size} text`)
    texts[`${size}`] = {
      medianS: seconds(median(runs.map(({ ms }) => ms))),
      worstS: seconds(Math.max(...runs.map(({ ms }) => ms))),
      cells: median(runs.map(({ payloadBytes }) => payloadBytes / size)),
      upPerPayload: round(
        runs.reduce((sum, one) => sum + one.bytesUp, 0) /
          runs.reduce((sum, one) => sum + one.payloadBytes, 0),
      ),
    }
  }
  const result = { yardstick: measureYardstick(), fileBytes: FILE_BYTES, files, texts }
  const baseline = new URL("baseline.json", import.meta.url)
  if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
  console.log("now     ", JSON.stringify(result, null, 2))
  console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8")), null, 2))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
