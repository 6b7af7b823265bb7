import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, setSeen, type Site, traceOf, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"
import { askEngine } from "./leak/engine-asked.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

const MARKER = "نشانِ ۴۴۱۲"

/** Everything that a picture, a reader of the screen or a search of the document could find. */
async function exposed(page: Page): Promise<string> {
  const text = await page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map(
      (field) => (field as HTMLInputElement).value,
    )
    return [document.title, document.documentElement.outerHTML, ...fields].join("\n")
  })
  return `${text}\n${await page.locator("body").ariaSnapshot()}`
}

test("left, the page holds nothing; back, it holds what it held, after a tap", async () => {
  const { page } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  await beginWords(page)
  await page.locator("textarea").first().fill(MARKER)
  // The attack, on a page that is not left: it finds what it is to find.
  expect(await exposed(page)).toContain(MARKER)
  expect(await exposed(page)).toContain("Test desk")

  await setSeen(page, false)
  expect(await exposed(page)).not.toMatch(/۴۴۱۲|Test desk|گزارش|چه شد/)
  await setSeen(page, true)
  expect(await exposed(page)).not.toMatch(/۴۴۱۲|Test desk|گزارش|چه شد/)
  await page.keyboard.press("Enter")
  expect(await page.locator("textarea").first().inputValue()).toBe(MARKER)

  // Only the focus went elsewhere: nothing to see meanwhile, and back without a tap.
  await page.evaluate(() => dispatchEvent(new Event("blur")))
  expect(await exposed(page)).not.toMatch(/۴۴۱۲|Test desk/)
  await page.evaluate(() => dispatchEvent(new Event("focus")))
  expect(await page.locator("textarea").first().inputValue()).toBe(MARKER)
  // Leaving for another page of the app loses nothing either.
  await goHome(page)
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  expect(await page.locator("textarea").first().inputValue()).toBe(MARKER)
})

test("left for five minutes it stands locked, and what was not kept is gone; touched meanwhile, it is open", async () => {
  const { page } = await visit(site, { still: true })
  await joinDesk(page, await (await makeDesk([])).invite())
  await page.clock.fastForward(4 * 60_000)
  await page.getByRole("heading").first().click()
  await page.clock.fastForward(4 * 60_000)
  await reachHome(page)
  await setSeen(page, false)
  await page.clock.fastForward(5 * 60_000)
  await setSeen(page, true)
  const passphrase = page.getByLabel("رمز، چهار واژه", { exact: true })
  await passphrase.fill("چهار واژه‌ی دیگر است")
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  await page.getByText("چیزی را باز نکرد").waitFor()
  expect(await exposed(page)).not.toContain("Test desk")
  await unlock(page)
  await reachHome(page)
})

test("a file that is being chosen while the page is out of sight comes into the report", async () => {
  const { page } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  // Not by a photo: then the camera opens, and the way to a file goes.
  await beginWords(page)
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.locator("label.button").first().click(),
  ])
  await setSeen(page, false)
  await chooser.setFiles({
    name: "a.png",
    mimeType: "image/png",
    buffer: Buffer.from("89504e470d0a1a0a", "hex"),
  })
  await setSeen(page, true)
  await page.getByRole("button", { name: "برای ادامه لمس کنید" }).click()
  await page.getByText("عکس، ۸ بایت").waitFor()
})

test("left at the last letter, what was typed is saved", async () => {
  // No moment passes: nothing but leaving can save it.
  const { page } = await visit(site, { still: true })
  await joinDesk(page, await (await makeDesk([])).invite())
  await beginWords(page)
  const before = await traceOf(page, "draft")
  await page.locator("textarea").first().fill(MARKER)
  expect(await traceOf(page, "draft")).toBe(before)
  await setSeen(page, false)
  await expect.poll(() => traceOf(page, "draft").catch(() => before)).not.toBe(before)
  // Back, and drawn anew in another language: what has not changed is not written again.
  await setSeen(page, true)
  await page.getByRole("button", { name: "برای ادامه لمس کنید" }).click()
  const saved = await traceOf(page, "draft")
  await page.getByRole("button", { name: "English" }).click()
  await page.getByLabel("In your own words").waitFor()
  await page.clock.runFor(5_000)
  // Whatever the page asked before this was done when it is answered.
  await askEngine(page, { kind: "read-draft" })
  expect(await traceOf(page, "draft")).toBe(saved)
  await page.locator("textarea").first().fill(`${MARKER}.`)
  await page.clock.runFor(5_000)
  await expect.poll(() => traceOf(page, "draft")).not.toBe(saved)
})
