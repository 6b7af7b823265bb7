import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freshDesk, freshHome } from "./desk-support.ts"
import { beginWords, goHome, joinDesk, openRoads } from "./field-page-hands.ts"
import { keep, kept, opened } from "./field-report-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const SECOND_BYTES = 5_000_000

/** Lets slices reach the engine, or holds them back: as where sealing is slower than the recorder. */
async function hold(page: Page, isHeld: boolean): Promise<void> {
  await page.evaluate((on) => {
    const world = globalThis as unknown as { held: (() => void)[]; isHeld: boolean }
    world.isHeld = on
    if (!on) for (const send of world.held.splice(0)) send()
  }, isHeld)
}

/** How many seconds the recorder has given. */
async function given(page: Page): Promise<number> {
  return await page.evaluate(() => (globalThis as unknown as { given: number }).given)
}

/** In the page: seconds of 5 MB, each of bytes of its own number, so that what may wait is full after a few. */
function heavyRecorder(secondBytes: number): void {
  const held: (() => void)[] = []
  const world = Object.assign(globalThis, { held, isHeld: false, given: 0 })
  const post = Worker.prototype.postMessage as (this: Worker, ...said: unknown[]) => void
  Worker.prototype.postMessage = function (this: Worker, ...said: unknown[]): void {
    const send = (): void => post.apply(this, said)
    const { request } = (said[0] ?? {}) as { request?: { kind: string } }
    if (world.isHeld && request?.kind === "slice") held.push(send)
    else send()
  } as Worker["postMessage"]
  const Given = MediaRecorder
  globalThis.MediaRecorder = class extends Given {
    constructor(...how: ConstructorParameters<typeof MediaRecorder>) {
      super(...how)
      const listen = this.addEventListener.bind(this) as EventTarget["addEventListener"]
      listen("dataavailable", () => world.given++)
      const heavy = (kind: string, hear: (event: Event) => void): void =>
        listen(kind, (event) => {
          const data = new Blob([new Uint8Array(secondBytes).fill(world.given)])
          hear(kind === "dataavailable" ? Object.assign(new Event(kind), { data }) : event)
        })
      Object.assign(this, { addEventListener: heavy })
    }
  }
}

test("where sealing cannot follow, the recording pauses, says so, and goes on by itself; nothing of it is missing", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const { page } = await visit(site)
  await page.addInitScript(heavyRecorder, SECOND_BYTES)
  await page.reload()
  await joinDesk(page, (await desk.invite("unit")).text)
  await beginWords(page)
  await page.getByRole("button", { name: "فیلم بگیرید" }).click()
  await page.getByRole("button", { name: "شروع فیلم" }).click()
  await expect.poll(() => given(page)).toBeGreaterThan(1)
  await hold(page, true)
  await page.getByText("مُهر کردن کمی عقب مانده").waitFor()
  await page.getByText("ایست کرد").waitFor()
  // What the recorder had begun when it was paused may still come.
  const timer = page.getByRole("timer")
  const paused = await timer.textContent()
  await hold(page, false)
  await page.getByText("ایست کرد").waitFor({ state: "detached" })
  await expect.poll(() => timer.textContent()).not.toBe(paused)
  await page.getByRole("button", { name: "بس است", exact: true }).click()
  await page.getByText("مُهر شد").waitFor()
  const whole = await given(page)
  await keep(page)
  await kept(page)
  await goHome(page)
  await openRoads(page)
  const [saved] = await Promise.all([
    page.waitForEvent("download", { timeout: 600_000 }),
    page.getByRole("button", { name: "در فایلی برای پیک ذخیره کن" }).click(),
  ])
  await saved.saveAs(join(home, "saved"))
  await desk.take(join(home, "saved"))
  const [row] = await desk.list()
  const arrived = await opened(desk, { root: row?.root } as never, 0)
  // Every second that the recorder gave, each once and in its order.
  const seconds = Array.from({ length: arrived.length / SECOND_BYTES }, (_, at) => arrived[at * SECOND_BYTES])
  expect(seconds).toEqual(Array.from({ length: whole }, (_, at) => at + 1))
})
