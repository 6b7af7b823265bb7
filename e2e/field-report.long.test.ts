import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, passphraseOf } from "./field-page-hands.ts"
import {
  deskWithRelay,
  keep,
  kept,
  opened,
  photoPath,
  pulledReports,
  storedNames,
  webmOf,
} from "./field-report-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("a large file says how far it is, can be stopped with nothing half-kept, and kept after that", async () => {
  const { desk, invitation, home } = await deskWithRelay()
  const { page } = await visit(site)
  await joinDesk(page, invitation)
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("بزرگ")
  const file = join(home, "large.webm")
  await writeFile(file, webmOf(300_000_000))
  await page.locator("input[type=file]").setInputFiles([file])
  await page.getByText("فیلم، ۳۰۰ مگابایت").waitFor()
  await keep(page)
  await page.getByRole("progressbar").waitFor()
  await page.getByRole("button", { name: "مُهر کردن را متوقف کن" }).click()
  await page.getByText("متوقف شد. چیزی نگه داشته نشد").waitFor()
  expect(await storedNames(page)).not.toMatch(/cells-|record-/)
  expect(await page.getByLabel("به زبان خودتان").inputValue()).toBe("بزرگ")

  // And the page is as it was: something smaller in its place is kept.
  await page.getByRole("button", { name: "بردار", exact: true }).click()
  await page.locator("input[type=file]").setInputFiles(photoPath)
  await keep(page)
  await kept(page)
  const [view] = await pulledReports(desk, 1)
  expect((await opened(desk, view as never, 0)).equals(await readFile(photoPath))).toBe(true)
})

test("where the camera is refused, or nothing can be recorded, the page says so and a way on", async () => {
  const { invitation } = await deskWithRelay()
  const { page, context } = await visit(site)
  await joinDesk(page, invitation)
  await page.evaluate(() => {
    const refuse = (): never => {
      throw new DOMException("no", "NotAllowedError")
    }
    navigator.mediaDevices.getUserMedia = async () => refuse()
  })
  for (const start of ["عکس", "فیلم", "صدا"]) {
    await page.getByRole("button", { name: start, exact: true }).click()
    await page.getByText("اجازه‌ی دوربین یا میکروفون داده نشده").waitFor()
    await page
      .getByRole("button", { name: "از گوشی انتخاب کنید" })
      .or(page.getByText("از گوشی انتخاب کنید"))
      .first()
      .waitFor()
    await goHome(page)
  }
  const other = await context.newPage()
  await other.addInitScript(() => Reflect.deleteProperty(globalThis, "MediaRecorder"))
  await other.goto(site.url)
  await other.getByLabel("رمز، چهار واژه", { exact: true }).fill(passphraseOf(page))
  await other.getByRole("button", { name: "باز کن", exact: true }).click()
  await other.getByRole("button", { name: "صدا", exact: true }).click()
  await other.getByRole("button", { name: "شروع ضبط صدا" }).click()
  await other.getByText("این مرورگر نمی‌تواند ضبط کند").waitFor()
})
