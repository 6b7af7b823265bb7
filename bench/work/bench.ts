import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { MAX_WORK_BITS } from "@govah/core/work"
import { REST_BITS } from "@govah/relay"
import { chromium } from "playwright-core"
import { build, type Rollup } from "vite"
import { round } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import type { WorkAsked } from "./worker.ts"

// What a cell costs a phone six times slower than this machine, at rest and at most. See README.md.
const SLOWER = 6
const CELLS = Number(process.env["GOVAH_BENCH_CELLS"] ?? 200)

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
const server = createServer((_, answer) => {
  answer.setHeader("Content-Type", "text/html")
  answer.end("<!doctype html><title>bench</title>")
})
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
const before = measureYardstick()
const browser = await chromium.launch({
  executablePath: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
})

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

try {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.addScriptTag({ content: script, type: "module" })
  await page.waitForFunction(() => "workFor" in globalThis)
  const ask = async (asked: WorkAsked): Promise<readonly number[]> =>
    await page.evaluate(
      (work) => (globalThis as unknown as { workFor(a: WorkAsked): readonly number[] }).workFor(work),
      asked,
    )
  await ask({ bits: 12, cells: 20 })
  const session = await page.context().newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER })
  const rest = await ask({ bits: REST_BITS, cells: CELLS })
  const most = await ask({ bits: MAX_WORK_BITS, cells: Math.max(5, Math.round(CELLS / 10)) })
  const result = {
    browser: browser.version(),
    slower: SLOWER,
    restBits: REST_BITS,
    restMsACell: round(mean(rest)),
    maximumBits: MAX_WORK_BITS,
    maximumMsACell: round(mean(most)),
    thousandTriesASecond: round((2 ** REST_BITS * rest.length) / rest.reduce((sum, one) => sum + one, 0)),
    yardsticks: { before, after: measureYardstick() },
  }
  giveVerdict(
    result,
    [
      ["milliseconds a cell at rest", result.restMsACell, 100],
      ["milliseconds a cell at most", result.maximumMsACell, 1_000],
    ],
    new URL("baseline.json", import.meta.url),
  )
} finally {
  await browser.close()
  server.close()
}
