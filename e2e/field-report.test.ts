import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, joinDesk, unlock } from "./field-page-hands.ts"
import { deskWithRelay, keep, kept, photoPath, pulledReports } from "./field-report-support.ts"
import { openSite, type Site, traceOf, visit } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("every line of the page arrives as it was chosen, over a restart before it is kept, in digits of any kind and by either calendar", async () => {
  const { desk, invitation } = await deskWithRelay()
  const { page } = await visit(site, { width: 320, height: 640 })
  await joinDesk(page, invitation)
  await beginWords(page)
  for (const question of await page.locator("summary").all()) await question.click()
  await page.getByRole("radio", { name: "در چند روز" }).check()
  for (const [group, day] of [
    ["از", "۴"],
    ["تا", "٧"],
  ] as const) {
    const part = page.getByRole("group", { name: group, exact: true })
    await part.getByLabel("تقویم").selectOption({ label: group === "از" ? "خورشیدی" : "میلادی" })
    await part.getByLabel("روز", { exact: true }).fill(day)
    await part.getByLabel("ماه").selectOption(group === "از" ? "12" : "3")
    await part.getByLabel("سال").fill(group === "از" ? "۱۳۹۹" : "2021")
  }
  await page.getByLabel("تقریبی است").check()
  await page.getByLabel("کسی که دیده بود به من گفت").check()
  await page.getByRole("button", { name: "یک سطر بیفزا" }).click()
  await page.getByLabel("شمار", { exact: true }).fill("ده")
  await keep(page)
  await page.getByText("شماری جا افتاده یا عدد نیست").waitFor()
  await page.getByLabel("شمار", { exact: true }).fill("۱٬۲۰۰")
  await page.getByRole("button", { name: "سطری دیگر بیفزا" }).click()
  const second = page.getByRole("group", { name: "سطر ۲" })
  await second.getByLabel("چه شد").selectOption("arrested")
  await second.getByLabel("چند نفر").selectOption("none")
  await second.getByLabel("چه کسانی").selectOption("child")
  await page.getByLabel("چه بود؟").selectOption("poster")
  await page.getByLabel("نوشته، تصویر و صدا").check()
  await page.getByLabel("نه پیش از این روز").check()
  const from = page.getByRole("group", { name: "از کِی؟" })
  await from.getByLabel("روز", { exact: true }).fill("۱")
  await from.getByLabel("ماه").selectOption("1")
  await from.getByLabel("سال").fill("۱۴۰۰")
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await page.getByLabel("شهر، محله یا جاده").fill("چهارراه")
  await page.getByLabel("استان", { exact: true }).fill("البرز")
  await page.locator("input[type=file]").setInputFiles(photoPath)
  await page.getByText("در تصویر: چهره‌ها").waitFor()
  // Twice: what is written first may have been on its way before.
  for (const text of ["نیم", "نیم جمله"]) {
    const before = await traceOf(page, "draft")
    await page.getByLabel("به زبان خودتان").fill(text)
    await expect.poll(() => traceOf(page, "draft").catch(() => before)).not.toBe(before)
  }
  await page.reload()
  await unlock(page)
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  // All but the photo is back, and that it is not is said.
  await page.getByText("عکس‌ها و فایل‌های این گزارش نگه داشته نشده بود").waitFor()
  await page.getByLabel("به زبان خودتان").fill("")
  await keep(page)
  await kept(page)
  const [view] = await pulledReports(desk, 1)
  expect(view?.report).toEqual({
    type: "action",
    language: "fa",
    text: "",
    place: { name: "چهارراه", province: "البرز", precision: "town" },
    period: { from: "2021-02-22", to: "2021-03-07", about: true },
    basis: "told",
    claims: [
      {
        measure: "killed",
        low: 1_200,
        high: null,
        bound: "at-least",
        group: "unknown",
        scope: null,
        source: null,
      },
      {
        measure: "arrested",
        low: null,
        high: null,
        bound: "none",
        group: "child",
        scope: null,
        source: null,
      },
    ],
    action: { kind: "poster", campaign: null },
    consent: { publish: "all", notBefore: "2021-03-21" },
  })
})
