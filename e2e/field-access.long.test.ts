import { afterAll, beforeAll, describe, test } from "vitest"
import { openSite, type Site } from "./field-shell-support.ts"
import { walkCarrying } from "./screens/carrying.ts"
import { walkFirstStart } from "./screens/first-start.ts"
import { walkLocks } from "./screens/locks.ts"
import { LOOKS, type Theme } from "./screens/look.ts"
import { walkRecording } from "./screens/recording.ts"
import { walkReport } from "./screens/report.ts"
import { walkSaid } from "./screens/said.ts"
import { walkWitness } from "./screens/witness.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

const THEMES: Readonly<Record<string, Theme>> = {
  "the first start, the lock and the covers": walkFirstStart,
  "a report with everything that can be said": walkReport,
  "what is recorded in the page": walkRecording,
  "what comes from the desk": walkSaid,
  "the roads, with a network and without": walkCarrying,
  "passphrases, wiping and what is broken": walkLocks,
  "an anonymous witness": walkWitness,
}

describe.for(Object.entries(THEMES))("%s", ([, walk]) => {
  test.for(LOOKS)("every screen is open to everybody: $tongue, $scheme, $width wide", async (look) => {
    await walk(site, look)
  })
})
