import type { FieldServer } from "@govah/field/server"
import type { Desk } from "@govah/desk"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { admittedRelay, freshDesk, freshHome } from "./desk-support.ts"
import { beginWords, goHome, reachHome, setFirstPassphrase } from "./field-page-hands.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser
let site: FieldServer

beforeAll(async () => {
  site = await serveFieldPage()
  browser = await sharedBrowser()
})
afterAll(async () => {
  await site?.close()
})

/** A browser that nothing was ever kept in. */
async function freshPhone(): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 360, height: 740 } })
  context.setDefaultTimeout(40_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${site.url}/`)
  return page
}

async function readCard(page: Page, desk: Desk): Promise<void> {
  await page.getByLabel("دعوت‌نامه", { exact: true }).fill(await desk.card())
  await page.getByRole("button", { name: "دعوت‌نامه را بخوان" }).click()
  await page.getByRole("heading", { name: "کارت عمومی" }).waitFor()
}

/** From the card to home, as a new witness. @returns the seven words. */
async function beginWithWords(page: Page): Promise<readonly string[]> {
  await page.getByRole("button", { name: "شروع، با واژه‌هایی برای برگشتن" }).click()
  await page.getByRole("heading", { name: "هفت واژه، فقط مال شما" }).waitFor()
  await page.getByRole("button", { name: "برداشتم" }).click({ trial: true })
  const words = await page.locator(".passphrase li").allTextContents()
  await page.getByRole("button", { name: "برداشتم" }).click()
  await fillProof(page, words)
  await page.getByRole("button", { name: "ادامه" }).click()
  await setFirstPassphrase(page)
  await reachHome(page)
  return words
}

async function fillProof(page: Page, words: readonly string[]): Promise<void> {
  await page.getByRole("heading", { name: "دارید؟" }).waitFor()
  for (const entry of await page.locator("main input[type=text]").all()) {
    const place = Number(((await entry.getAttribute("id")) as string).replace("word-", ""))
    await entry.fill(words[place] as string)
  }
}

async function comeBack(page: Page, desk: Desk, words: string): Promise<void> {
  await readCard(page, desk)
  await page.getByRole("button", { name: "هفت واژه‌ام را دارم" }).click()
  await page.getByLabel("هفت واژه", { exact: true }).fill(words)
  await page.getByRole("button", { name: "برگرد", exact: true }).click()
  await setFirstPassphrase(page)
  await reachHome(page)
}

async function sendWords(page: Page, words: string): Promise<void> {
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await goHome(page)
}

test("a witness reports, comes back on another phone with card and words, reads the answer and says more; other words find nothing", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  await admittedRelay(home, "relay", desk)
  const first = await freshPhone()
  await readCard(first, desk)
  const words = await beginWithWords(first)
  await sendWords(first, "نخستین")

  await desk.pull()
  const [row] = await desk.list()
  expect(row).toMatchObject({ unitStanding: "anonymous", signature: "good", open: "whole" })
  await desk.reply(row!.root, "کجا بود؟")
  await desk.makeFeed()
  await desk.publishFeed()

  // A second phone, with nothing but the public card and the words, typed with the letters of an Arabic keyboard.
  const second = await freshPhone()
  await comeBack(second, desk, words.join(" ").replaceAll("ی", "ي").replaceAll("ک", "ك"))
  await second.getByText("۱ گزارش شما رسیده است").waitFor()
  await second.getByText("کجا بود؟").waitFor()
  await sendWords(second, "دومین")
  await desk.pull()
  const rows = await desk.list()
  expect(new Set(rows.map(({ said }) => said?.words))).toEqual(new Set(["دومین", "نخستین"]))
  expect(new Set(rows.map(({ unit }) => unit)).size).toBe(1)

  // One word is another: found nothing, and said so.
  const third = await freshPhone()
  const wrong = [words[1], words[0], ...words.slice(2)] as readonly string[]
  await comeBack(
    third,
    desk,
    words[0] === words[1] ? [...wrong.slice(1), wrong[2]].join(" ") : wrong.join(" "),
  )
  await third.getByText("زیر این واژه‌ها چیزی پیدا نشد").waitFor()
  expect(await third.getByText("کجا بود؟").count()).toBe(0)
})

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
