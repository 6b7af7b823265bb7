import { join } from "node:path"
import type { Page } from "playwright-core"
import { expect } from "vitest"
import { beginWords, goHome, joinDesk, openRoads } from "../field-page-hands.ts"
import type { Site } from "../field-shell-support.ts"
import { freshFolder, startRelay } from "../field-support.ts"
import { type Look, plainDesk, setOut } from "./look.ts"

const WORDS = { fa: "چند کلمه", en: "A few words" } as const

/** What waits, where nobody answers; and the roads that need no network. */
export async function walkCarrying(site: Site, look: Look): Promise<void> {
  const { page, context, see, complaints } = await setOut(site, look)
  const { tongue } = look
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  await relay.close()
  // It has not been heard for years, too.
  const desk = await plainDesk(tongue, [relay.url, `http://${"b".repeat(55)}d.onion`], "2020-01-01")
  await joinDesk(page, await desk.invite(), tongue)
  await beginWords(page, tongue)
  await page.locator("#words").fill(WORDS[tongue])
  await page.locator("button.keep").click()
  await page.locator(".delivery .trouble").waitFor()
  await see("kept and nobody answers")
  await page.locator(".delivery .second").first().click()
  await page.locator(".delivery .trouble").waitFor({ state: "detached" })
  await see("sending stopped")
  await goHome(page, tongue)
  await page.locator(".kept > .row button").first().click()
  await page.locator(".kept > .trouble").waitFor()
  await see("no answer to a question")

  await openRoads(page, tongue)
  const roads = page.locator(".kept details .row button")
  await roads.nth(3).waitFor()
  await see("roads without a network")
  await Promise.all([page.waitForEvent("download"), roads.first().click()])
  await see("saved as a file")
  const choosing = page.waitForEvent("filechooser")
  await roads.nth(1).click()
  await (await choosing).setFiles({ name: "1.bin", mimeType: "", buffer: Buffer.alloc(40_000, 7) })
  await page.locator(".kept details output:not(:empty)").waitFor()
  await see("another file")
  await roads.nth(2).click()
  await page.locator(".qr .main").waitFor()
  await see("pictures for another phone")
  await page.locator(".qr .main").click()
  await page.locator(".qr canvas:not([hidden])").waitFor()
  await see("pictures that change")
  await page.locator(".qr .second").click()
  await roads.nth(3).click()
  await filming(page)
  await see("reading another screen")
  await page.locator(".qr .second").click()

  const cdp = await context.newCDPSession(page)
  const { usage } = await cdp.send("Storage.getUsageAndQuota", { origin: site.url })
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: site.url, quotaSize: usage + 300_000 })
  await beginWords(page, tongue)
  await page.locator("#words").fill(WORDS[tongue])
  await page.locator("input[type=file]").setInputFiles({
    name: "photo.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), Buffer.alloc(3_000_000, 5)]),
  })
  await page.locator("button.keep").click()
  await page.getByRole("alert").last().waitFor()
  await see("no room to keep it")
  await goHome(page, tongue)
  await page.locator(".kept > .trouble").waitFor()
  await see("room is short")
  expect(complaints()).toEqual([])
}

async function filming(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLVideoElement>(".qr video")?.videoWidth ?? 0))
    .toBeGreaterThan(0)
}
