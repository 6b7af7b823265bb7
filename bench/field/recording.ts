import { readFileSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { round, scaledMs } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import { enrol, filmOf, openPhone, setStage, SLOWER } from "./phone.ts"

// Whether the page answers while it seals, and whether memory stays flat while it records. See README.md.
const MEGABYTES = Number(process.env["GOVAH_BENCH_MEGABYTES"] ?? 200)
const SECONDS = Number(process.env["GOVAH_BENCH_SECONDS"] ?? 600)
/** One second of what the page asks of the recorder: 2.5 Mbit/s of picture, 64 kbit/s of sound. */
const SLICE_BYTES = 320_000
/** How long a second takes here: the engine is fed faster than a camera would. */
const SECOND_MS = 50

const before = measureYardstick()
const folder = await mkdtemp(join(tmpdir(), "govah-bench-recording-"))
const stage = await setStage(folder)
const browser = await openPhone(join(folder, "profile"))

try {
  const page = browser.pages()[0] ?? (await browser.newPage())
  await page.addInitScript(fasterRecorder, { sliceBytes: SLICE_BYTES, secondMs: SECOND_MS })
  await page.goto(stage.url)
  const passphrase = await enrol(page, await stage.invite())
  const taps = await tapWhileSealing(page)
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  const memory = await recordFast(page, passphrase)
  const yardsticks = { before, after: measureYardstick() }
  const result = {
    browser: (browser.browser() as Browser).version(),
    slower: SLOWER,
    megabytes: MEGABYTES,
    taps: taps.count,
    slowestTapMs: round(taps.slowestMs),
    slowestIdleTapMs: round(taps.idleMs),
    sealingSeconds: round(taps.seconds),
    recordedSeconds: SECONDS,
    memoryMegabytes: memory.map((bytes) => round(bytes / 1e6)),
    yardsticks,
  }
  const [early = 0, ...later] = memory
  giveVerdict(
    result,
    [
      [
        `slowest tap while ${MEGABYTES} MB are sealed, ms`,
        taps.slowestMs,
        scaledMs(100, [before, yardsticks.after]),
      ],
      ["growth of memory from the first tenth of the recording, MB", (Math.max(...later) - early) / 1e6, 48],
    ],
    new URL("recording.baseline.json", import.meta.url),
  )
} finally {
  await browser.close()
  await stage.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Keeps a large file, and taps all the while. The slowing is of the page; it does not reach workers. */
async function tapWhileSealing(page: Page): Promise<{
  count: number
  slowestMs: number
  idleMs: number
  seconds: number
}> {
  const file = join(folder, "large.webm")
  await writeFile(file, filmOf(MEGABYTES * 1e6))
  await page.getByRole("button", { name: "نوشته", exact: true }).click()
  await page.locator("input[type=file]").setInputFiles(file)
  await page.getByRole("button", { name: "بردار", exact: true }).waitFor()
  await page.evaluate(() => {
    const waits: number[] = []
    Object.assign(globalThis, { waits })
    // From the finger to the frame that shows what it did, as the browser itself counts it.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "click") waits.push(entry.duration)
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit)
  })
  const session = await page.context().newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER })
  const question = page.locator("summary").first()
  // The control: how the same tap does on this machine while nothing is sealed.
  for (let tap = 0; tap < 6; tap++) await question.click()
  const idle = await page.evaluate(() => (globalThis as unknown as { waits: number[] }).waits.splice(0))
  const startedAt = performance.now()
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  const done = page
    .getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" })
    .waitFor()
    .then(() => true)
  let count = 0
  while (!(await Promise.race([done, new Promise((resolve) => setTimeout(() => resolve(false), 250))]))) {
    await question.click({ timeout: 5_000 }).catch(() => undefined)
    count++
  }
  const seconds = (performance.now() - startedAt) / 1_000
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 })
  const waits = await page.evaluate(() => (globalThis as unknown as { waits: number[] }).waits)
  return { count, slowestMs: Math.max(16, ...waits), idleMs: Math.max(16, ...idle), seconds }
}

/** Records, and looks ten times how much memory the page's process holds. @returns bytes. */
async function recordFast(page: Page, passphrase: string): Promise<number[]> {
  await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  await page.getByRole("button", { name: "صدا", exact: true }).click()
  await page.getByRole("button", { name: "شروع ضبط صدا" }).click()
  const session = await (browser.browser() as Browser).newBrowserCDPSession()
  const held: number[] = []
  for (let tenth = 1; tenth <= 10; tenth++) {
    await page.waitForFunction(
      (slices) => (globalThis as unknown as { slices: number }).slices >= slices,
      (SECONDS * tenth) / 10,
    )
    const { processInfo } = await session.send("SystemInfo.getProcessInfo")
    const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => rssOf(id))
    held.push(Math.max(...pages))
  }
  await page.getByRole("button", { name: "بس است", exact: true }).click()
  await page.getByText("مُهر شد").waitFor()
  return held
}

function rssOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024
}

/** Stands in for the browser's recorder, in the page: random slices, faster than time. Everything behind it is the app's own. */
function fasterRecorder({ sliceBytes, secondMs }: { sliceBytes: number; secondMs: number }): void {
  Object.assign(globalThis, { slices: 0 })
  class FasterRecorder extends EventTarget {
    static isTypeSupported = (): boolean => true
    state: RecordingState = "inactive"
    #timer: ReturnType<typeof setInterval> | null = null
    start(): void {
      this.state = "recording"
      this.dispatchEvent(new Event("start"))
      this.#timer = setInterval(() => {
        if (this.state === "recording") this.#give()
      }, secondMs)
    }
    #give(): void {
      const bytes = new Uint8Array(sliceBytes)
      for (let at = 0; at < sliceBytes; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
      ;(globalThis as unknown as { slices: number }).slices++
      this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob([bytes]) }))
    }
    pause(): void {
      this.state = "paused"
      this.dispatchEvent(new Event("pause"))
    }
    resume(): void {
      this.state = "recording"
      this.dispatchEvent(new Event("resume"))
    }
    stop(): void {
      if (this.#timer !== null) clearInterval(this.#timer)
      this.state = "inactive"
      this.dispatchEvent(new Event("stop"))
    }
  }
  Object.assign(globalThis, { MediaRecorder: FasterRecorder })
}
