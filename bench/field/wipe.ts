import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { median, round, scaledMs } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import { enrol, filmOf, openPhone, setStage, SLOWER } from "./phone.ts"

// How long the panic gesture takes until nothing is left. See wipe.md.
const MEGABYTES = Number(process.env["GOVAH_BENCH_MEGABYTES"] ?? 200)
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 3)
/** A few films and many photos, as somebody has them after a day: each report is some files more to remove. */
const REPORTS = 20

interface Wipe {
  /** From the third press until the last file is removed: what the key was is destroyed before that. */
  readonly allMs: number
  /** Until an empty app stands there. */
  readonly shownMs: number
}

const before = measureYardstick()
const folder = await mkdtemp(join(tmpdir(), "govah-bench-wipe-"))
const stage = await setStage(folder)
const file = join(folder, "film.webm")
await writeFile(file, filmOf((MEGABYTES / REPORTS) * 1e6))

const wipes: Wipe[] = []
let version = ""
try {
  for (let turn = 0; turn < ROUNDS; turn++) {
    const browser = await openPhone(join(folder, `profile-${turn}`))
    version = (browser.browser() as Browser).version()
    const page = browser.pages()[0] ?? (await browser.newPage())
    await page.goto(stage.url)
    await enrol(page, await stage.invite())
    for (let report = 0; report < REPORTS; report++) await keep(page)
    wipes.push(await wipe(page))
    await browser.close()
    await rm(join(folder, `profile-${turn}`), { recursive: true, force: true, maxRetries: 5 })
  }
} finally {
  await stage.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function keep(page: Page): Promise<void> {
  await page.getByRole("button", { name: "نوشته", exact: true }).click()
  await page.locator("input[type=file]").setInputFiles(file)
  await page.getByRole("button", { name: "بردار", exact: true }).waitFor()
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await page.getByRole("button", { name: "برگشت", exact: true }).click()
  await page.getByRole("heading", { name: "چه چیزی را ثبت می‌کنید؟" }).waitFor()
}

async function wipe(page: Page): Promise<Wipe> {
  const { usage } = await page.evaluate(() => navigator.storage.estimate())
  // Of less, the figures would say that it is quick.
  if ((usage ?? 0) < MEGABYTES * 1e6) throw new Error(`only ${usage} bytes are kept`)
  const session = await page.context().newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER })
  await page.evaluate(async () => {
    const seen = { pressed: 0, shown: 0, removed: 0 }
    Object.assign(globalThis, { seen })
    const now = (): number => performance.timeOrigin + performance.now()
    const place = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const look = async (): Promise<void> => {
      const left = await Array.fromAsync(place.keys()).catch(() => [])
      if (left.length > 0) setTimeout(() => void look(), 5)
      else seen.removed = now()
    }
    document.addEventListener(
      "keydown",
      ({ timeStamp }) => {
        if (seen.pressed === 0) void look()
        seen.pressed = performance.timeOrigin + timeStamp
      },
      { capture: true },
    )
    new MutationObserver(() => {
      if (seen.shown === 0 && document.querySelector("#invitation") !== null) seen.shown = now()
    }).observe(document, { subtree: true, childList: true })
  })
  for (let times = 0; times < 3; times++) await page.keyboard.press("Escape")
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  const read = await page.waitForFunction(() => {
    const { seen } = globalThis as unknown as { seen: { pressed: number; shown: number; removed: number } }
    return seen.removed === 0 ? null : seen
  })
  const { pressed, shown, removed } = (await read.jsonValue()) as NonNullable<
    Awaited<ReturnType<typeof read.jsonValue>>
  >
  return { allMs: removed - pressed, shownMs: shown - pressed }
}

const of = (part: keyof Wipe): number => round(median(wipes.map((one) => one[part])))
const yardsticks = { before, after: measureYardstick() }
const result = {
  browser: version,
  slower: SLOWER,
  megabytes: MEGABYTES,
  reports: REPORTS,
  rounds: ROUNDS,
  allMs: of("allMs"),
  shownMs: of("shownMs"),
  yardsticks,
}
giveVerdict(
  result,
  [["until everything is removed, ms", result.allMs, scaledMs(1_000, [before, yardsticks.after])]],
  new URL("wipe.baseline.json", import.meta.url),
)
