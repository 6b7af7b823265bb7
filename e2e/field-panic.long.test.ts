import { afterAll, beforeAll, expect, test } from "vitest"
import { passphraseOf, reachHome, unlock } from "./field-page-hands.ts"
import { expectWiped, joined, MARK } from "./field-panic-hands.ts"
import { openSite, type Site } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("who holds the key of the mark on a keyboard wipes, locked too, and the old passphrase opens nothing", async () => {
  const page = await joined(site)
  await page.getByRole("button", { name: "همین حالا قفل کن" }).click()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  // Nothing here says what this is, or whose.
  expect(await page.locator("body").innerText()).not.toMatch(/Test desk|Govah|گواه|گزارش/i)
  await unlock(page)
  await reachHome(page)
  await page.getByRole("button", { name: "همین حالا قفل کن" }).click()
  await page.getByRole("button", { name: MARK }).focus()
  await page.keyboard.down("Enter")
  await page.clock.runFor(1_000)
  await expectWiped(page)
  expect(passphraseOf(page)).not.toBe("")
})

test("two taps in More wipe, and tapping twice on one place does not", async () => {
  const page = await joined(site)
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.getByText("پاک کردن همه چیز", { exact: true }).click()
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).dblclick()
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).click()
  await page.getByRole("button", { name: "نه، همه چیز بماند" }).click()
  expect(await page.getByRole("button", { name: "همین حالا پاک کن" }).count()).toBe(0)
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).click()
  await page.getByRole("button", { name: "همین حالا پاک کن" }).click()
  await expectWiped(page)
})
