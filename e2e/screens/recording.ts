import { expect } from "vitest"
import { goHome, joinDesk, unlock } from "../field-page-hands.ts"
import type { Site } from "../field-shell-support.ts"
import { type Look, plainDesk, setOut } from "./look.ts"

/** Video and sound that are recorded in the page: ready, going on, dark, ended, cut off, and without a camera. */
export async function walkRecording(site: Site, look: Look): Promise<void> {
  const { page, context, see, complaints } = await setOut(site, look)
  await joinDesk(page, await (await plainDesk(look.tongue)).invite(), look.tongue)
  await page.locator(".starts button").nth(1).click()
  const begin = page.locator(".recording .shutter:not(:disabled)")
  await begin.waitFor()
  await see("video ready")
  await begin.click()
  const stop = page.locator(".recording .stop")
  await stop.waitFor()
  await see("video running")
  await page.locator(".recording .second").click()
  await page.locator(".curtain").waitFor()
  await see("screen darkened")
  await page.emulateMedia({ forcedColors: "active" })
  const dark = await page.locator(".curtain").evaluate((one) => getComputedStyle(one).backgroundColor)
  expect(dark, "with colours of one's own the dark screen stays dark").toBe("rgb(0, 0, 0)")
  await page.emulateMedia({ forcedColors: "none" })
  await page.locator(".curtain").click()
  await stop.click()
  await page.locator(".media li").waitFor()
  await see("video recorded")
  await page.locator(".media li .quiet").click()
  await see("video to be discarded")
  await page.locator("button.keep").click()
  await page.locator(".delivery h1").waitFor()
  await goHome(page, look.tongue)

  await page.locator(".starts button").nth(2).click()
  await begin.click()
  await page.getByRole("timer").waitFor()
  await see("sound being recorded")
  await expect.poll(() => page.getByRole("timer").textContent()).toMatch(/[1-9۱-۹] ·/)
  await page.reload()
  await page.locator("#passphrase").waitFor()
  await unlock(page, look.tongue)
  await page.locator(".cut").waitFor()
  await see("recording that was cut off")

  await context.clearPermissions()
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("no", "NotAllowedError")
    }
  })
  await page.locator(".starts button").nth(1).click()
  await page.getByRole("alert").waitFor()
  await see("camera refused")
  expect(complaints()).toEqual([])
}
