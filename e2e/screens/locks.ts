import type { Page } from "playwright-core"
import { expect } from "vitest"
import { joinDesk, passphraseOf } from "../field-page-hands.ts"
import type { Site } from "../field-shell-support.ts"
import { alteredSite } from "../leak/altered-site.ts"
import { type Look, plainDesk, setOut, type Walk } from "./look.ts"

const ALARMS = ["worker-changed", "served-changed", "update-refused", "older-offered", "log-split"] as const

/** Passphrases that are changed and added, wiping, and what stands there when the lock, the browser or the program fails. */
export async function walkLocks(site: Site, look: Look): Promise<void> {
  const walk = await setOut(site, look)
  const { page, see, complaints } = walk
  await joinDesk(page, await (await plainDesk(look.tongue)).invite(), look.tongue)
  await page.locator(".mark").click()
  await page.locator(".hint:not(:empty)").waitFor()
  await see("what the mark is for")
  await page.locator(".top .icon-button").last().click()
  await walkPassphrases(walk)
  await walkMore(walk)
  expect(complaints()).toEqual([])
  await walkBroken(site, walk)
}

/** The settings, in the order in which they stand there. */
function setting(page: Page, inside: string): ReturnType<Page["locator"]> {
  return page.locator(".setting", { has: page.locator(inside) })
}

async function walkPassphrases({ page, see }: Walk): Promise<void> {
  const change = page.locator(".setting").nth(3)
  await change.locator("summary").click()
  await change.locator("button.second").click()
  await change.locator(".passphrase li").nth(3).waitFor()
  await change.locator(".main:not(:disabled)").waitFor()
  await see("four other words")
  await change.locator("#passphrase-now").fill("wrong")
  await change.locator(".main").click()
  await change.locator("#four-words").fill("wrong too")
  await change.locator(".main").click()
  await change.getByRole("alert").waitFor()
  await see("four other words refused")
  await change.locator("summary").click()

  const duress = page.locator(".setting").nth(4)
  await duress.locator("summary").click()
  await see("second passphrase")
  await duress.locator("button.second").nth(1).click()
  await see("second passphrase to be removed")
  await duress.locator("#passphrase-first").fill(passphraseOf(page))
  await duress.locator("button.second").last().click()
  await duress.locator("output:not(:empty)").waitFor()
  await see("second passphrase removed")
  await duress.locator("button.second").first().click()
  await duress.locator(".main:not(:disabled)").waitFor()
  await see("second passphrase proposed")
  await duress.locator("summary").click()
}

async function walkMore({ page, see }: Walk): Promise<void> {
  const places = setting(page, "input[type=file]")
  await places.locator("summary").click()
  await places
    .locator("input[type=file]")
    .setInputFiles({ name: "places.txt", mimeType: "text/plain", buffer: Buffer.from("no list") })
  await places.getByRole("alert").waitFor()
  await see("list of places refused")
  await places.locator("summary").click()
  const wipe = page.locator(".setting", { has: page.locator(".danger") })
  await wipe.locator("summary").click()
  await wipe.locator(".danger").click()
  await wipe.getByRole("alert").waitFor()
  await see("wiping asked for")
}

async function walkBroken(site: Site, { page, look, see }: Walk): Promise<void> {
  // From a page that holds nothing open.
  await page.goto(`${site.url}/icons/notes-192.png`)
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    await folder.removeEntry("lock")
  })
  await page.goto(`${site.url}/`)
  await page.locator("#damaged").waitFor()
  await see("damaged lock")

  for (const alarm of ALARMS) {
    await page.evaluate(async (noted) => {
      await (await caches.open("govah-notes")).put("/alarm", new Response(JSON.stringify(noted)))
    }, alarm)
    await page.reload()
    await page.locator(".alarm").waitFor()
    await see(`alarm ${alarm}`)
  }
  await page.locator(".alarm .second").click()
  await see("alarm to be lowered")
  await page.evaluate(async () => await caches.delete("govah-notes"))

  // As in the private windows of some browsers.
  const closed = await setOut({ url: await alteredSite(site.url, NO_FILES), browser: site.browser }, look)
  await closed.page.getByRole("alert").waitFor()
  await closed.see("browser that keeps nothing")
}

const NO_FILES = `navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"))`
