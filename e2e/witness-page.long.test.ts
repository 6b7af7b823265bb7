import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { admittedRelay, freshDesk, freshHome } from "./desk-support.ts"
import { beginWords, goHome, reachHome } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { beginWithWords, fillProof, readCard } from "./witness-hands.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const freshPhone = async (): Promise<Page> => (await visit(site)).page

test("words that are not the seven are refused in words before anything is tried; the proof wants those that were shown", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const page = await freshPhone()
  await readCard(page, desk)
  await page.getByRole("button", { name: "هفت واژه‌ام را دارم" }).click()
  const seven = page.getByLabel("هفت واژه", { exact: true })
  const go = page.getByRole("button", { name: "برگرد", exact: true })
  await seven.fill("سیب گلابی")
  await go.click()
  await page.getByText("هفت واژه نشد").waitFor()
  await seven.fill("گلابی هندوانه خربزه نیستدرفهرست انگور انجیر پرتقال")
  await go.click()
  await page.getByText("در فهرست ما نیست: واژه‌ی ۴").waitFor()
  await page.getByRole("button", { name: "برگشت به کارت" }).click()
  await page.getByRole("button", { name: "شروع، با واژه‌هایی برای برگشتن" }).click()
  await page.getByRole("button", { name: "برداشتم" }).click({ trial: true })
  const words = await page.locator(".passphrase li").allTextContents()
  await page.getByRole("button", { name: "برداشتم" }).click()
  await fillProof(
    page,
    words.map(() => "گلابی"),
  )
  await page.getByRole("button", { name: "ادامه" }).click()
  await page.getByText("واژه‌های آن جاها این‌ها نیست").waitFor()
  // Looked at once more, they are the same.
  await page.getByRole("button", { name: "دوباره نشان بده" }).click()
  await page.getByRole("button", { name: "برداشتم" }).click({ trial: true })
  expect(await page.locator(".passphrase li").allTextContents()).toEqual(words)
})

test("a phone that forgets its witness shows nothing of them, and what was sealed still arrives when the card is read again", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const relay = await admittedRelay(home, "relay", desk)
  const page = await freshPhone()
  await readCard(page, desk)
  const words = await beginWithWords(page)
  await relay.close()
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("پیش از فراموشی")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await goHome(page)
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.getByText("این گوشی مرا فراموش کند").click()
  await page.getByRole("button", { name: "مرا فراموش کن" }).click()
  await page.getByRole("button", { name: "بله، فراموش کن" }).click()
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect(await page.getByText("زیر واژه‌های شما").count()).toBe(0)

  const again = await admittedRelay(home, "relay", desk)
  await readCard(page, desk)
  await page.getByRole("button", { name: "هفت واژه‌ام را دارم" }).click()
  await page.getByLabel("هفت واژه", { exact: true }).fill(words.join(" "))
  await page.getByRole("button", { name: "برگرد", exact: true }).click()
  await reachHome(page)
  await page.getByText("از گوشی بیرون رفته").waitFor()
  expect(again.url).not.toBe("")
  await desk.pull()
  expect((await desk.list()).map(({ said }) => said?.words)).toEqual(["پیش از فراموشی"])
})
