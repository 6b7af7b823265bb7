import { afterAll, beforeAll, test } from "vitest"
import { openSite, type Site } from "./field-shell-support.ts"
import { walkFirstStart } from "./screens/first-start.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

// A sample; every screen, in all twelve ways to look, is in the long test.
test("on the narrowest phone in Persian, the screens from the first start to the lock are open to everybody", async () => {
  await walkFirstStart(site, { tongue: "fa", scheme: "light", width: 320 })
})
