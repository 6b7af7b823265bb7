import { afterAll, beforeAll, test } from "vitest"
import { walkScreens } from "./field-screens.ts"
import { openSite, type Site } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite("access")
})
afterAll(async () => {
  await site?.close()
})

// A sample; all twelve ways to look are in the long test.
test("on the narrowest phone in Persian, every screen is open to everybody", async () => {
  await walkScreens(site, { tongue: "fa", scheme: "light", width: 320 })
})
