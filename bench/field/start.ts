import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFieldServer } from "@govah/field/server"
import { chromium, type Page } from "playwright-core"
import { median, round, scaledMs } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import { ARGS, buildPage, CHROMIUM, SCREEN, SLOWER } from "./phone.ts"
import { type Start, timedVisit } from "./timed-visit.ts"

// How soon the page can be used on a slow phone, and how long a tap and a letter wait there: see README.md.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)

interface Visit extends Start {
  readonly tapMs: number
  /** Hundredths of the screen that moved by itself, times a hundred. */
  readonly shift: number
}

const before = measureYardstick()
const folder = mkdtempSync(join(tmpdir(), "govah-bench-field-"))
await buildPage(join(folder, "page"))
const site = await createFieldServer({ port: 0, directory: join(folder, "page") })
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [...ARGS],
})
const starts: Visit[] = []
try {
  for (let turn = 0; turn < ROUNDS; turn++) {
    // A new profile, a new context: nothing is in any cache.
    const timed = await timedVisit(join(folder, `profile-${turn}`), site.url)
    const context = await browser.newContext({ viewport: SCREEN })
    const page = await context.newPage()
    const line = await context.newCDPSession(page)
    await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER })
    starts.push({ ...timed, ...(await tapAndShift(page)) })
    await context.close()
  }
} finally {
  await browser.close()
  await site.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function tapAndShift(page: Page): Promise<Omit<Visit, keyof Start>> {
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
  // Said in words at once: the tap that asks for an empty invitation.
  await button.click()
  await page.getByRole("alert").waitFor()
  await page.waitForFunction(
    () => [...document.fonts].filter(({ status }) => status === "loaded").length === 2,
  )
  const seen = await page.evaluate(
    () => (window as unknown as { seen: { shift: number; taps: number[] } }).seen,
  )
  return { tapMs: Math.max(0, ...seen.taps), shift: seen.shift }
}

const of = (part: keyof Visit): number => round(median(starts.map((one) => one[part])))
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
