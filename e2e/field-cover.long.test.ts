import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

/** Joins, and chooses a cover; then the page is opened anew. */
async function coverWith(page: Page, label: string): Promise<void> {
  await joinDesk(page, await (await makeDesk([])).invite())
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.getByText("پوشش", { exact: true }).click()
  await page.getByRole("radio", { name: label }).check()
  await page.locator(".way").first().waitFor()
  await expect.poll(() => keptClear(page, "appearance")).toContain("cover")
  await page.reload()
}

async function keptClear(page: Page, name: string): Promise<string> {
  return await page.evaluate(async (file) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("shown", {
      create: true,
    })
    return await (await (await folder.getFileHandle(file, { create: true })).getFile()).text()
  }, name)
}

/** Nothing of the app: not its words, not its worker. */
async function expectNothingElse(page: Page): Promise<void> {
  expect(await page.getByText(/مُهر|گزارش|گروه|قفل/).count()).toBe(0)
  // The one that writes notes is there for as long as that takes.
  const workers = page.workers().map((worker) => worker.url())
  expect(workers.filter((url) => !url.includes("/clear.worker-"))).toEqual([])
}

async function holdFor(page: Page, selector: string, ms: number): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error("nothing to hold")
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.clock.runFor(ms)
  await page.mouse.up()
}

test("a calculator counts, hides what is behind it, and lets in who holds its number or presses = five times", async () => {
  const { page, complaints } = await visit(site, { still: true })
  await coverWith(page, "ماشین حساب")
  await page.getByRole("button", { name: "مساوی" }).waitFor()
  expect(await page.title()).toBe("ماشین حساب")
  await expectNothingElse(page)
  for (const key of ["۱", "٫", "۲", "به‌علاوه", "۰", "٫", "۱", "مساوی"]) {
    await page.getByRole("button", { name: key, exact: true }).click()
  }
  expect(await page.locator(".sum").textContent()).toBe("۱٫۳")
  await page.keyboard.type("*3=")
  expect(await page.locator(".sum").textContent()).toBe("۳٫۹")

  // What a curious hand does is not the way in.
  for (let times = 0; times < 7; times++) await page.keyboard.press("Enter")
  await holdFor(page, ".sum", 1_900)
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  for (let times = 0; times < 4; times++) await page.keyboard.press("Enter")
  await page.keyboard.type("5")
  await page.keyboard.press("Escape")
  for (let times = 0; times < 4; times++) await page.keyboard.press("Enter")
  expect(await page.locator(".sum").textContent()).toBe("۰")
  await expectNothingElse(page)

  await page.keyboard.press("Enter")
  await unlock(page)
  await reachHome(page)
  await page.reload()
  await page.getByRole("button", { name: "مساوی" }).waitFor()
  await holdFor(page, ".sum", 2_000)
  await unlock(page)
  await reachHome(page)
  expect(complaints).toEqual([])
})

test("a calendar turns dates both ways, and lets in who asks for today five times", async () => {
  const { page } = await visit(site, { still: true })
  await coverWith(page, "تقویمی")
  await page.getByLabel("روز", { exact: true }).fill("۲۵")
  await page.getByLabel("ماه", { exact: true }).selectOption({ label: "شهریور" })
  await page.getByLabel("سال", { exact: true }).fill("1401")
  await page.getByText("۱۶ سپتامبر ۲۰۲۲").waitFor()
  await page.getByRole("button", { name: "برعکس" }).click()
  await page.getByRole("heading", { name: "از میلادی به شمسی" }).waitFor()
  expect(await page.getByLabel("سال", { exact: true }).inputValue()).toBe("۲۰۲۲")
  await page.locator(".big").getByText("۲۵ شهریور ۱۴۰۱").waitFor()
  await page.getByLabel("روز", { exact: true }).fill("۳۱")
  await page.getByText("چنین روزی نیست").waitFor()
  await expectNothingElse(page)
  // The first brings today; only then is there nothing left for it to do.
  for (let times = 0; times < 5; times++) await page.getByRole("button", { name: "امروز" }).click()
  await expectNothingElse(page)
  await page.getByRole("button", { name: "امروز" }).click()
  await unlock(page)
  await reachHome(page)
})

test("notes are kept and ticked off, and let in who adds nothing five times", async () => {
  const { page } = await visit(site, { still: true })
  await coverWith(page, "یادداشت‌هایی")
  await page.getByLabel("یادداشت تازه").fill("نان و ماست")
  await page.keyboard.press("Enter")
  await page.getByRole("checkbox", { name: "نان و ماست" }).check()
  await expect.poll(() => keptClear(page, "notes")).toContain('"isDone":true')
  await page.reload()
  await page.getByRole("checkbox", { name: "نان و ماست", checked: true }).waitFor()
  await page.getByRole("button", { name: "بردار: نان و ماست" }).click()
  await page.getByText("هنوز چیزی نوشته نشده").waitFor()
  await expectNothingElse(page)
  await page.getByLabel("یادداشت تازه").focus()
  for (let times = 0; times < 5; times++) await page.keyboard.press("Enter")
  await unlock(page)
  await reachHome(page)
})

test("an invitation that is followed where a cover stands leads past it, and leaves the address", async () => {
  const { page } = await visit(site)
  await coverWith(page, "ماشین حساب")
  await page.getByRole("button", { name: "مساوی" }).waitFor()
  await page.goto(`${site.url}/#${await (await makeDesk([])).invite()}`)
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  expect(page.url()).toBe(`${site.url}/`)
})
