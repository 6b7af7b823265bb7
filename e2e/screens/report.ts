import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { expect } from "vitest"
import { goHome, joinDesk } from "../field-page-hands.ts"
import { photoPath, webmOf } from "../field-report-support.ts"
import type { Site } from "../field-shell-support.ts"
import { freshFolder } from "../field-support.ts"
import { type Look, plainDesk, setOut, unfoldAll, type Walk } from "./look.ts"

const SAID = {
  fa: {
    words: "دیروز عصر جلوی دانشگاه. نزدیک صد نفر بودند؛ سه نفر را با خود بردند.",
    town: "سراو",
    shared: "نورآباد",
    unknown: "سه‌راه قلعه‌سیاه",
  },
  en: {
    words: "Yesterday evening, in front of the university. About a hundred people; three were taken away.",
    town: "Sara",
    shared: "Nurabad",
    unknown: "Three Wells junction",
  },
} as const

/** A report with everything that can be said in one, and what is wrong with it. */
export async function walkReport(site: Site, look: Look): Promise<void> {
  const walk = await setOut(site, look)
  const { page, context, see, complaints } = walk
  await context.grantPermissions(["camera", "microphone", "geolocation"])
  await context.setGeolocation({ latitude: 29.4963, longitude: 60.8629, accuracy: 20 })
  await joinDesk(page, await (await plainDesk(look.tongue)).invite(), look.tongue)
  await walkPhotos(walk)
  await page.locator("#words").fill(SAID[look.tongue].words)
  await unfoldAll(page)
  await walkPlace(walk)
  await walkWhen(walk)
  await walkClaims(walk)
  await page.locator("#action-kind").selectOption("vigil")
  await see("action without a call")
  await page.locator("[name=consent]").nth(2).check()
  await page.locator("[name=consent-from]").nth(1).check()
  await see("consent from a day")
  await walkKeeping(walk)
  // On a fast machine it was kept before anybody could stop it.
  if (await page.locator(".delivery h1").isVisible()) return
  await goHome(page, look.tongue)
  await page.locator(".begun button").nth(1).click()
  await see("report to be thrown away")
  expect(complaints()).toEqual([])
}

async function walkPhotos({ page, see }: Walk): Promise<void> {
  await page.locator(".starts button").first().click()
  await filming(page)
  await see("camera")
  await page.locator(".camera .shutter").click()
  await page.locator(".media li").first().waitFor()
  await see("photo taken")
  await page.locator(".camera .second").click()
  await page.locator(".media li .quiet").first().click()
  await see("photo to be removed")
  await page.locator(".media li .second").nth(1).click()
  await page.locator("input[type=file]").setInputFiles(photoPath)
  await page.locator(".media li").nth(1).waitFor()
  await see("file chosen")
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "list.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") })
  await page.getByRole("alert").first().waitFor()
  await see("file that is no picture")
}

/** Waits until the camera's picture moves. */
async function filming(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLVideoElement>("main video")?.videoWidth ?? 0))
    .toBeGreaterThan(0)
}

async function walkPlace({ page, context, look, see }: Walk): Promise<void> {
  const said = SAID[look.tongue]
  const name = page.locator("#place-name")
  const question = page.locator("details", { has: name })
  await name.fill(said.town)
  await page.locator(".found li").nth(1).waitFor()
  await see("places found")
  await name.fill(said.shared)
  await page.locator(".found li").nth(1).waitFor()
  await see("place of a name that several share")
  await name.fill(said.unknown)
  await page.locator("#place-province").waitFor()
  await see("place that nobody knows")
  await name.fill(said.town)
  await page.locator(".found button").first().click()
  await page.locator(".said-place").waitFor()
  await see("place chosen")
  const here = page.locator("details", { has: page.locator(".said-place") }).locator("button.second")
  await here.last().click()
  await question.locator("button.second").last().click()
  await page.locator(".here").waitFor()
  await see("here and what it gives away")
  await page.locator(".here .second").click()
  await page.locator(".said-place").waitFor()
  await see("here")
  await here.last().click()
  await context.clearPermissions()
  await question.locator("button.second").last().click()
  await page.locator(".here .second").click()
  await page.locator(".here .trouble").waitFor()
  await see("here refused")
}

async function walkWhen({ page, see }: Walk): Promise<void> {
  await page.locator("[name=when]").nth(3).check()
  await page.locator("#when-day").waitFor()
  await see("another day")
  const own = await page.locator("#when-calendar").inputValue()
  await page.locator("#when-calendar").selectOption(own === "persian" ? "gregory" : "persian")
  await see("another day in the other calendar")
  await page.locator("[name=when]").nth(4).check()
  await page.locator("#when-to-day").waitFor()
  await see("several days")
  await page.locator("[name=when]").nth(2).check()
}

async function walkClaims({ page, look, see }: Walk): Promise<void> {
  const add = page.locator("details", { has: page.locator("#claim-1-measure") }).locator("button.second")
  const heading = look.tongue === "fa" ? "یک سطر بیفزا" : "Add a line"
  await page.getByRole("button", { name: heading }).click()
  await add.click()
  await add.click()
  await page.locator("#claim-2-bound").selectOption("none")
  await page.locator("#claim-3-measure").selectOption("shutdown")
  await see("claims of several lines")
  await page.locator("button.keep").click()
  await page.getByRole("alert").last().waitFor()
  await see("claim without its number")
  await page.locator("#claim-1-number").fill(look.tongue === "fa" ? "۳" : "3")
}

async function walkKeeping({ page, see }: Walk): Promise<void> {
  // The day from which something may be published is missing.
  await page.locator("button.keep").click()
  await page.getByRole("alert").last().waitFor()
  await see("report with a day that is none")
  await page.locator("[name=consent-from]").first().check()
  const large = join(await freshFolder(), "large.webm")
  await writeFile(large, webmOf(300_000_000))
  await page.locator("input[type=file]").setInputFiles(large)
  await page.locator(".media li").nth(2).waitFor()
  await page.locator("button.keep").click()
  await page.locator(".keeping progress").waitFor()
  await see("keeping")
  const stop = page.locator(".keeping .second")
  if (await stop.isVisible()) await stop.click()
  await page.locator("button.keep:not(:disabled), .delivery h1").first().waitFor()
  await see("stopped")
}
