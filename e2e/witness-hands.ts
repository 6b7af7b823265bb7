import type { Desk } from "@govah/desk"
import type { Page } from "playwright-core"
import { beginWords, goHome, reachHome, setFirstPassphrase } from "./field-page-hands.ts"

/** Reads the public card of a desk, and stands before it. */
export async function readCard(page: Page, desk: Desk): Promise<void> {
  await page.getByLabel("دعوت‌نامه", { exact: true }).fill(await desk.card())
  await page.getByRole("button", { name: "دعوت‌نامه را بخوان" }).click()
  await page.getByRole("heading", { name: "کارت عمومی" }).waitFor()
}

/** From the card to home, as a new witness. @returns the seven words. */
export async function beginWithWords(page: Page): Promise<readonly string[]> {
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

/** Types the words that are asked for again. */
export async function fillProof(page: Page, words: readonly string[]): Promise<void> {
  await page.getByRole("heading", { name: "دارید؟" }).waitFor()
  for (const entry of await page.locator("main input[type=text]").all()) {
    const place = Number(((await entry.getAttribute("id")) as string).replace("word-", ""))
    await entry.fill(words[place] as string)
  }
}

/** From the first page to home, with words that somebody has. */
export async function comeBack(page: Page, desk: Desk, words: string): Promise<void> {
  await readCard(page, desk)
  await page.getByRole("button", { name: "هفت واژه‌ام را دارم" }).click()
  await page.getByLabel("هفت واژه", { exact: true }).fill(words)
  await page.getByRole("button", { name: "برگرد", exact: true }).click()
  await setFirstPassphrase(page)
  await reachHome(page)
}

/** From home to home: keeps these words and waits until they have left. */
export async function sendWords(page: Page, words: string): Promise<void> {
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await goHome(page)
}
