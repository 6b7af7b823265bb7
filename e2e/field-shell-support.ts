import type { Browser, BrowserContext, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { sharedBrowser } from "./page-browser.ts"

/** The built page on a server, and a browser. */
export interface Site {
  readonly url: string
  readonly browser: Browser
  close(): Promise<void>
}

export async function openSite(): Promise<Site> {
  const [site, browser] = await Promise.all([serveFieldPage(), sharedBrowser()])
  return { url: site.url, browser, close: () => site.close() }
}

/** How somebody looks at the page. */
export interface Look {
  readonly scheme?: "light" | "dark"
  readonly width?: number
  readonly height?: number
  readonly motion?: "reduce"
  /** Whether time stands still until the test moves it. */
  readonly still?: boolean
}

/** Somebody with a fresh profile, on the page. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that the browser complained of. */
  readonly complaints: readonly string[]
}

export async function visit(site: Pick<Site, "url" | "browser">, look: Look = {}): Promise<Visit> {
  const context = await site.browser.newContext({
    viewport: { width: look.width ?? 360, height: look.height ?? 740 },
    colorScheme: look.scheme ?? "light",
    reducedMotion: look.motion ?? "no-preference",
    permissions: ["camera", "microphone"],
  })
  context.setDefaultTimeout(60_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text())
  })
  if (look.still === true) await page.clock.install()
  await page.goto(`${site.url}/`)
  return { page, context, complaints }
}

/** The page goes out of sight, as another program in front of it makes it, or comes back. */
export async function setSeen(page: Page, seen: boolean): Promise<void> {
  await page.evaluate((isSeen) => {
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (isSeen ? "visible" : "hidden"),
    })
    document.dispatchEvent(new Event("visibilitychange"))
  }, seen)
}

/** A number that changes with what lies in a file; null while another holds it. */
export async function traceOf(page: Page, name: string): Promise<number> {
  return await page.evaluate(async (wanted) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const bytes = await (await (await folder.getFileHandle(wanted)).getFile()).arrayBuffer()
    return new Uint8Array(bytes).reduce((sum, byte, i) => (sum * 31 + byte + i) % 1_000_003, 7)
  }, name)
}
