import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { chromium } from "playwright-core"
import { build, type Rollup } from "vite"
import { median, round } from "../figures.ts"
import { measureYardstick } from "../yardstick.ts"
import type { Job } from "./worker.ts"

// Sealing in a worker of Chromium, ours beside the age library's stream: same source, same cutting and hashing, same sink.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)
const MEBIBYTES = Number(process.env["GOVAH_BENCH_MEBIBYTES"] ?? 128)
// Memory must not grow from the small to the large.
const LARGE = Number(process.env["GOVAH_BENCH_LARGE"] ?? 1024)

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
const server = createServer((asked, answer) => {
  const isScript = asked.url === "/worker.js"
  answer.setHeader("Content-Type", isScript ? "text/javascript" : "text/html")
  answer.end(isScript ? script : "<!doctype html><title>bench</title>")
})
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
const browser = await chromium.launch({
  executablePath: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
})
const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
const recipient = await identityToRecipient(await generateX25519Identity())

interface Ran {
  readonly seconds: number
  readonly bytes: number
}

async function ask(work: Job | number): Promise<Ran> {
  const answer = await page.evaluate(
    (asked) =>
      new Promise<unknown>((resolve) => {
        const worker = new Worker("/worker.js", { type: "module" })
        worker.onmessage = (event) => {
          worker.terminate()
          resolve(event.data)
        }
        worker.onerror = (event) => resolve({ error: event.message })
        worker.postMessage(asked)
      }),
    work,
  )
  if (answer !== null && typeof answer === "object" && "error" in answer)
    throw new Error(String(answer.error))
  return answer as Ran
}

/** The most memory that a process of a page ever held, in bytes: what the system says. */
async function peakBytes(): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send("SystemInfo.getProcessInfo")
  await session.detach()
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? "0")
  return Math.max(...peaks.map((kibibytes) => Number(kibibytes) * 1024))
}

const rates = new Map<string, number[]>()
const peaks = new Map<number, number>()
const before = measureYardstick()
try {
  await ask(MEBIBYTES)
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const sink of ["nowhere", "file"] as const) {
      for (const sealer of ["govah", "library"] as const) {
        const { seconds, bytes } = await ask({ sealer, sink, recipient })
        // Outside the timed part: nothing was left out.
        if (bytes < MEBIBYTES * 1_048_576) throw new Error(`only ${bytes} bytes came out`)
        const key = `${sealer} into ${sink}`
        rates.set(key, [...(rates.get(key) ?? []), bytes / 1e6 / seconds])
      }
    }
  }
  for (const mebibytes of [MEBIBYTES, LARGE]) {
    await ask(mebibytes)
    await ask({ sealer: "govah", sink: "nowhere", recipient })
    peaks.set(mebibytes, await peakBytes())
  }
} finally {
  await browser.close()
  server.close()
}
const rate = (key: string): number => round(median(rates.get(key) ?? []))
const peak = (mebibytes: number): number => round((peaks.get(mebibytes) ?? 0) / 1e6)
const result = {
  browser: browser.version(),
  rounds: ROUNDS,
  discardMBps: rate("govah into nowhere"),
  libraryDiscardMBps: rate("library into nowhere"),
  fileMBps: rate("govah into file"),
  libraryFileMBps: rate("library into file"),
  peakMegabytes: { [MEBIBYTES]: peak(MEBIBYTES), [LARGE]: peak(LARGE) },
  yardsticks: { before, after: measureYardstick() },
}
const limits = [
  ["discarded: times the library", result.discardMBps / result.libraryDiscardMBps, 3],
  ["into a file, flushed: times the library", result.fileMBps / result.libraryFileMBps, 2],
] as const
for (const [name, value, limit] of limits) {
  console.log(value >= limit ? "met   " : "MISSED", name, value.toFixed(2), ">=", limit)
  if (value < limit) process.exitCode = 1
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
