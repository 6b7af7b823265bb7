import type { Browser, BrowserContext, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { beginWords } from "./field-page-hands.ts"

/** What is told where something goes wrong, and the button that keeps it. */
export const WORDS = "نشانِ ۷۱۳۹: تیراندازی نزدیک مرز"
export const KEEP = "مُهر کن و نگه دار"

/** Somebody with a profile that nothing was ever kept in. */
export async function freshContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  context.setDefaultTimeout(60_000)
  onTestFinished(() => context.close())
  return context
}

/** Begins a report of these words and taps *keep*; whatever comes of it. */
export async function tapKeep(page: Page, words: string): Promise<void> {
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
  await page.getByRole("button", { name: KEEP }).click()
}
