import type { Browser } from "playwright-core"
import { afterAll, beforeAll, test } from "vitest"
import { walkScreens } from "./desk-page-screens.ts"
import { buildPage, launchBrowser } from "./desk-page-support.ts"

let browser: Browser
let removePage: () => Promise<void>

beforeAll(async () => {
  removePage = await buildPage()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await removePage?.()
})

test.for([
  { language: "fa", scheme: "light", width: 1280 },
  { language: "fa", scheme: "dark", width: 1280 },
  { language: "en", scheme: "light", width: 1280 },
  { language: "en", scheme: "dark", width: 1280 },
  { language: "fa", scheme: "light", width: 390 },
  { language: "en", scheme: "dark", width: 390 },
] as const)("nothing stands in the way of anybody: $language, $scheme, $width wide", async (look) => {
  await walkScreens(browser, look)
})
