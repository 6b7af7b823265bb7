import { afterAll, beforeAll, test } from "vitest"
import { walkScreens } from "./field-screens.ts"
import { openSite, type Site } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite("access-long")
})
afterAll(async () => {
  await site?.close()
})

const LOOKS = (["fa", "en"] as const).flatMap((tongue) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    [320, 360, 1280].map((width) => ({ tongue, scheme, width })),
  ),
)

test.for(LOOKS)("every screen is open to everybody: $tongue, $scheme, $width wide", async (look) => {
  await walkScreens(site, look)
})
