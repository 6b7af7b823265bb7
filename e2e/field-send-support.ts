import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { createFieldServer, type FieldServer } from "@govah/field/server"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { build } from "vite"
import { onTestFinished } from "vitest"
import { beginWords, goHome, joinDesk } from "./field-page-hands.ts"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The built page, and a browser. */
export interface Stage {
  readonly url: string
  readonly browser: Browser
  close(): Promise<void>
}

/** @param name - of the folder that the page is built in. @param args - for the browser. */
export async function setStage(name: string, args: readonly string[] = []): Promise<Stage> {
  const outDir = join(root, "packages/field/build", name)
  await build({
    configFile: join(root, "packages/field/vite.config.ts"),
    logLevel: "error",
    build: { outDir },
  })
  const site: FieldServer = await createFieldServer({ port: 0, directory: outDir })
  const browser = await openBrowser(args)
  return {
    url: site.url,
    browser,
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}

export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      ...args,
    ],
  })
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
