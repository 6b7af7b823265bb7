import type { Page } from "playwright-core"
import { expect } from "vitest"
import { admittedRelay, freshDesk, freshHome } from "../desk-support.ts"
import { joinNames, reachHome, setFirstPassphrase } from "../field-page-hands.ts"
import type { Site } from "../field-shell-support.ts"
import { type Look, setOut, unfoldAll } from "./look.ts"

/** Somebody without an invitation: the card, the seven words, coming back, and being forgotten. */
export async function walkWitness(site: Site, look: Look): Promise<void> {
  const { page, see, complaints } = await setOut(site, look)
  const { tongue } = look
  const home = await freshHome()
  const desk = await freshDesk(home)
  await admittedRelay(home, "relay", desk)
  const names = joinNames(tongue)
  await page.getByLabel(names.invitation, { exact: true }).fill(await desk.card())
  await page.getByRole("button", { name: names.read }).click()
  const main = page.locator("main .main:not(:disabled)")
  const second = page.locator("main .second:not(:disabled)")
  await page.locator("#witness").waitFor()
  await see("public card")
  await main.click()
  await page.locator("#fresh").waitFor()
  await main.waitFor()
  await page.locator(".passphrase li").nth(6).waitFor()
  await see("seven words")
  const words = await page.locator(".passphrase li").allTextContents()
  await main.click()
  await page.locator("#proof").waitFor()
  await see("three of the seven")
  await main.click()
  await page.getByRole("alert").waitFor()
  await see("three of the seven refused")
  await second.first().click()
  await second.last().click()
  await page.locator("#witness").waitFor()
  await second.first().click()
  await page.locator("#seven").fill("one two")
  await main.click()
  await page.getByRole("alert").waitFor()
  await see("coming back refused")
  await page.locator("#seven").fill(words.toReversed().join(" "))
  await main.click()
  await setFirstPassphrase(page, tongue)
  await reachHome(page, tongue)
  await page.locator("#under-words").waitFor()
  await asked(page)
  await see("home of a witness who came back")
  await page.locator(".top .icon-button").last().click()
  await page.locator("#more").waitFor()
  await unfoldAll(page)
  const forget = page.locator(".setting").nth(-2)
  await forget.locator(".second").first().click()
  await see("being forgotten")
  expect(complaints()).toEqual([])
}

/** Until the first question after coming back has been answered. */
async function asked(page: Page): Promise<void> {
  await expect.poll(() => page.locator(".kept button:disabled").count()).toBe(0)
}
