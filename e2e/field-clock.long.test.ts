import { join } from "node:path"
import type { FieldServer } from "@govah/field/server"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { goHome, joinDesk } from "./field-page-hands.ts"
import { freshContext, tapKeep, WORDS } from "./field-fault-hands.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { alteredSite } from "./leak/altered-site.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser
let site: FieldServer
beforeAll(async () => {
  ;[site, browser] = await Promise.all([serveFieldPage(), sharedBrowser()])
})
afterAll(async () => {
  await site?.close()
})

test.each([
  ["ten years behind", -10],
  ["twenty years ahead", 20],
])(
  "with a clock %s, what is kept is sealed to a key that the desk has, and what it says of days is sensible",
  async (_name, years) => {
    const folder = await freshFolder()
    const relay = await startRelay(join(folder, "relay.db"))
    const desk = await makeDesk([relay.url])
    const page = await (await freshContext(browser)).newPage()
    await page.goto(`${await alteredSite(site.url, clockOff(years))}/`)
    await joinDesk(page, await desk.invite())
    await tapKeep(page, WORDS)
    await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
    await goHome(page)
    const opened = await desk.pull(relay)
    expect(opened.map(({ report }) => report.text)).toEqual([WORDS])
    await desk.publish(relay, 1, [opened[0]!.arrived], null)
    await page.getByRole("button", { name: "رسید آمده؟" }).click()
    await page.getByText("به دست گروه رسیده است").waitFor()
    const shown = await page.locator("body").innerText()
    expect(shown).not.toMatch(/NaN|undefined|[-−][۰-۹0-9]/)
  },
)

test("an invitation that is over by a clock that is ahead is refused, and the clock is named as what may be wrong", async () => {
  const desk = await makeDesk([])
  const page = await (await freshContext(browser)).newPage()
  await page.goto(`${await alteredSite(site.url, clockOff(20))}/`)
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel("دعوت‌نامه", { exact: true }).fill(await desk.invite(soon))
  await page.getByRole("button", { name: "دعوت‌نامه را بخوان" }).click()
  await page.getByText("مهلت این دعوت‌نامه گذشته است").waitFor()
  await page.getByText("تاریخ گوشی").waitFor()
})

function clockOff(years: number): string {
  // Once in a page or a worker, however many scripts it has.
  return `if (!("isClockOff" in globalThis)) {
    globalThis.isClockOff = true
    const Real = Date
    const off = ${years} * 365.25 * 86400000
    globalThis.Date = class extends Real {
      constructor(...given) { if (given.length === 0) super(Real.now() + off); else super(...given) }
      static now() { return Real.now() + off }
    }
  }`
}
