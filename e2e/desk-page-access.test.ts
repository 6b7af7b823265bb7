import type { Browser } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { buildPage, openPage, samplePhoto, serveDesk } from "./desk-page-support.ts"
import { walkScreens } from "./desk-page-screens.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser

beforeAll(async () => {
  await buildPage()
  browser = await sharedBrowser()
})

test("an anonymous witness, a bad signature and lost pieces are shown as such, in words", async () => {
  const served = await serveDesk()
  await served.send({ text: "بیگانه" }, [], { stranger: true })
  await served.send({ text: "دست‌خورده" }, [], { badSignature: true })
  await served.send({ text: "ناتمام" }, [await samplePhoto()], { leaveOut: 3 })
  const { page } = await openPage(browser, served)
  const list = page.locator(".rows")
  await list.getByText("شاهد بی‌نام").waitFor()
  await list.getByText("امضای نادرست").waitFor()
  await list.getByText("۳ تکه مانده").waitFor()
  await page.getByLabel("نیازمند احتیاط").check()
  expect(await page.locator(".row").count()).toBe(2)
  await page.getByLabel("شاهدان بی‌نام", { exact: false }).first().check()
  expect(await page.locator(".row").count()).toBe(1)
  await page.keyboard.press("/")
  await page.getByLabel("همه", { exact: false }).first().check()
  await page.keyboard.press("/")
  await page.waitForFunction(() => document.activeElement?.id === "search")
  // Written with Arabic letters, found all the same.
  await page.keyboard.insertText("بيگانه")
  expect(await page.locator(".row").count()).toBe(1)
  await page.keyboard.press("Escape")
  await page.keyboard.press("j")
  await page.locator(".mark.anonymous").waitFor()
})

test("of two keys with one invitation, the one whose holder was heard becomes known", async () => {
  const served = await serveDesk()
  const first = await served.send({ text: "یکم" })
  const second = await served.send({ text: "دوم" }, [], { secondKey: true })
  const { page } = await openPage(browser, served)
  expect(await page.locator(".row", { hasText: "واحد مشکوک" }).count()).toBe(2)
  await page.locator(`[data-root="${first}"]`).click()
  await page.getByRole("button", { name: "واحد همین رقم‌ها را گفت" }).click()
  await page.getByRole("button", { name: "اعتماد کن" }).click()
  await page.locator("output", { hasText: "این واحد اکنون شناخته است." }).waitFor()
  const standing = new Map((await served.desk.list()).map((row) => [row.root, row.unitStanding]))
  expect([standing.get(first), standing.get(second)]).toEqual(["known", "contested"])
})

// A sample; all pairs are in the long test.
test("nothing stands in the way of anybody on a narrow screen in Persian", async () => {
  await walkScreens(browser, { language: "fa", scheme: "light", width: 390 })
})
