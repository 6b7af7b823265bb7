import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { reachHomeByHand } from "./leak/field-visit.ts"
import { BROWSERS, type BrowserName, leakRun } from "./leak/leak-run.ts"

let site: FieldServer
beforeAll(async () => {
  site = await serveFieldPage()
})
afterAll(() => site?.close())

// The naive page is the control: in the same browser at the same time, each sink that it fills is found by the same search.
test.each(Object.keys(BROWSERS) as BrowserName[])(
  "%s writes nothing of what the field's page was told, and all of what a naive page was told",
  async (name) => {
    const run = await leakRun(name, site.url)
    // A browser writes some of it when it has nothing else to do, which on a busy machine is late.
    await expect.poll(run.sinksMissed, { timeout: 150_000, interval: 500 }).toEqual([])
    expect(run.fieldTraces(), "while it runs").toEqual([])
    await run.browser.kill()
    expect(run.fieldTraces(), "after it was killed").toEqual([])
    const again = await BROWSERS[name].start(run.tree)
    try {
      const field = await again.open()
      await reachHomeByHand(field, site.url, run.passphrase)
      await field.see("از گوشی بیرون رفته")
      await again.close()
    } finally {
      await again.kill()
    }
    expect(run.fieldTraces(), "after it was closed").toEqual([])
  },
)
