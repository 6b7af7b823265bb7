import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { startChromium } from "./leak/chromium.ts"
import { makeDiskImage } from "./leak/disk-image.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { reachHomeByHand, tellByHand } from "./leak/field-visit.ts"
import { BROWSERS, type BrowserName, leakRun } from "./leak/leak-run.ts"

let site: FieldServer
beforeAll(async () => {
  site = await buildFieldSite("leak-long")
})
afterAll(() => site?.close())

test.each(Object.keys(BROWSERS) as BrowserName[])(
  "%s on a disk of its own: nothing of it is on the raw disk either, not even deleted",
  async (name) => {
    const disk = makeDiskImage()
    if (typeof disk === "string") console.log(disk)
    // Registered first, so that it is released after the browser has ended.
    else onTestFinished(() => disk.release())
    const run = await leakRun(name, site.url, typeof disk === "string" ? undefined : disk.folder)
    await expect.poll(run.sinksMissed).toEqual([])
    expect(run.fieldTraces(), "while it runs").toEqual([])
    // For docs/measurements/leak.md: each sink, and where it was found.
    for (const [sink, places] of run.naiveTraces())
      console.log(`${name}, ${sink}: ${[...places].join(" | ")}`)
    await run.browser.close()
    expect(run.fieldTraces(), "after it was closed").toEqual([])
    if (typeof disk !== "string") {
      const { field, naive } = run.searchRaw(disk.read())
      console.log(
        `${name}, raw disk: ${naive.length} of the naive page's words, ${field.length} of the field's`,
      )
      expect(field).toEqual([])
      expect(naive.length).toBeGreaterThan(10)
    }
  },
)

/** Ways in which a page ends or comes back, after each of which browsers write what they remember of it. */
const ENDS = {
  reload: async ({ page }) => void (await page.reload()),
  "away, back and forward": async ({ page, until }) => {
    // Where a browser keeps the page for coming back, it is not loaded anew.
    const coming = { waitUntil: "commit" } as const
    await page.goto("about:blank")
    for (const go of ["goBack", "goForward", "goBack"] as const) {
      await page[go](coming)
      // Only one that answers again can go on.
      await until("() => true")
    }
  },
  "crash of the page": async ({ page, session }) => {
    const crashed = page.waitForEvent("crash")
    session.send("Page.crash").catch(() => undefined)
    await crashed
  },
} satisfies Record<string, (tab: Tab) => Promise<void>>

type Tab = Awaited<ReturnType<Awaited<ReturnType<typeof startChromium>>["open"]>>

test.each(Object.keys(ENDS) as (keyof typeof ENDS)[])(
  "a report left unsaid is nowhere after: %s",
  async (how) => {
    const run = await leakRun("chromium", site.url)
    await expect.poll(run.sinksMissed).toEqual([])
    await run.browser.close()
    const browser = await startChromium(run.tree)
    onTestFinished(() => browser.kill())
    const tab = await browser.open()
    await reachHomeByHand(tab, site.url, run.passphrase)
    await tellByHand(tab, {
      words: run.fieldWords("unsaid, then ended"),
      place: run.fieldWords("place, then ended"),
    })
    const marker = run.fieldWords("heap")
    await tab.evaluate(`void (globalThis.words = ${JSON.stringify(marker)})`)
    await ENDS[how](tab)
    const naive = await browser.open()
    await run.sayNaively(naive, `after ${how}`)
    await expect.poll(run.sinksMissed).toEqual([])
    expect(run.fieldTraces(), "while it runs").toEqual([])
    await browser.close()
    expect(run.fieldTraces(), "after it was closed").toEqual([])
  },
)
