import type { Browser, BrowserContext, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { beginWords, goHome, joinDesk } from "./field-page-hands.ts"
import { sharedBrowser } from "./page-browser.ts"

/** The built page, and a browser. */
export interface Stage {
  readonly url: string
  readonly browser: Browser
  close(): Promise<void>
}

export async function setStage(): Promise<Stage> {
  const [site, browser] = await Promise.all([serveFieldPage(), sharedBrowser()])
  return { url: site.url, browser, close: () => site.close() }
}

/** A phone: a profile of its own, with one tab at home. */
export async function newPhone(
  { url, browser }: Pick<Stage, "url" | "browser">,
  invitation: string,
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    acceptDownloads: true,
    permissions: ["camera"],
  })
  context.setDefaultTimeout(120_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${url}/`)
  await page.getByRole("button", { name: "English" }).click()
  await joinDesk(page, invitation, "en")
  return { page, context }
}

/** From home: keeps words, and a file beside them, and goes home. */
export async function keepWords(
  page: Page,
  words: string,
  photo?: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  await beginWords(page, "en")
  await page.locator("textarea").first().fill(words)
  if (photo !== undefined) await page.locator("input[type=file]").first().setInputFiles(photo)
  await page.getByRole("button", { name: "Seal and keep" }).click()
  await page.getByText("This phone can no longer open it").first().waitFor()
  await goHome(page, "en")
}
