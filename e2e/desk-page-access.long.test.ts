import type { Browser } from "playwright-core"
import { beforeAll, test } from "vitest"
import { walkScreens } from "./desk-page-screens.ts"
import { buildPage } from "./desk-page-support.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser

beforeAll(async () => {
  await buildPage()
  browser = await sharedBrowser()
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
