import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFieldServer } from "@govah/field/server"
import { chromium, type Page } from "playwright-core"
import { median, round, scaledMs } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import { buildPage, SLOWER } from "./phone.ts"

// How soon the page can be used on a slow phone, and how long a tap and a letter wait there: see README.md.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)

interface Start {
  readonly firstPaintMs: number
  readonly usableMs: number
  readonly tapMs: number
  /** Hundredths of the screen that moved by itself, times a hundred. */
  readonly shift: number
}

const before = measureYardstick()
const outDir = mkdtempSync(join(tmpdir(), "govah-bench-field-"))
await buildPage(outDir)
const site = await createFieldServer({ port: 0, directory: outDir })
const browser = await chromium.launch({
  executablePath: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
})
const starts: Start[] = []
try {
  for (let turn = 0; turn < ROUNDS; turn++) {
    // A new context: nothing is in any cache.
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    const line = await context.newCDPSession(page)
    await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER })
    starts.push(await start(page))
    await context.close()
  }
} finally {
  await browser.close()
  await site.close()
  rmSync(outDir, { recursive: true, force: true })
}

async function start(page: Page): Promise<Start> {
  await page.addInitScript(() => {
    const seen = { shift: 0, taps: [] as number[] }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      // What a tap moves was asked for.
      for (const { value, hadRecentInput } of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[])
        if (!hadRecentInput) seen.shift += value
    }).observe({ type: "layout-shift", buffered: true })
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "click") seen.taps.push(duration)
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
  await page.goto(site.url)
  const button = page.locator("main button").first()
  await button.waitFor()
  const usableMs = await page.evaluate(() => performance.now())
  const firstPaintMs = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
  )
  // Said in words at once: the tap that asks for an empty invitation.
  await button.click()
  await page.getByRole("alert").waitFor()
  await page.waitForFunction(
    () => [...document.fonts].filter(({ status }) => status === "loaded").length === 2,
  )
  const seen = await page.evaluate(
    () => (window as unknown as { seen: { shift: number; taps: number[] } }).seen,
  )
  return { firstPaintMs, usableMs, tapMs: Math.max(0, ...seen.taps), shift: seen.shift }
}

const of = (part: keyof Start): number => round(median(starts.map((one) => one[part])))
const yardsticks = { before, after: measureYardstick() }
const result = {
  rounds: ROUNDS,
  slower: SLOWER,
  firstPaintMs: of("firstPaintMs"),
  usableMs: of("usableMs"),
  tapMs: of("tapMs"),
  shift: Math.round(median(starts.map(({ shift }) => shift)) * 1_000) / 1_000,
  yardsticks,
}
const { limits } = JSON.parse(readFileSync(new URL("limits.json", import.meta.url), "utf8")) as {
  limits: Record<"firstPaintMs" | "usableMs" | "tapMs" | "shift", number>
}
giveVerdict(
  result,
  (["firstPaintMs", "usableMs", "tapMs", "shift"] as const).map((part) => [
    part,
    result[part],
    part === "shift" ? limits.shift : scaledMs(limits[part], [yardsticks.before, yardsticks.after]),
  ]),
  new URL("baseline.json", import.meta.url),
)
