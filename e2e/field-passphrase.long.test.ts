import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, passphraseOf, reachHome } from "./field-page-hands.ts"
import { changeByPage, duressByPage } from "./field-passphrase-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const LOCK = "همین حالا قفل کن"
const WRONG = "این رمز چیزی را باز نکرد"

async function openWith(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
}

async function keepWords(page: Page): Promise<void> {
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("kept before")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await goHome(page)
  await page.getByText("فقط روی همین گوشی").waitFor()
}

test("a passphrase is changed by who knows it alone; the old one then opens nothing, the new one what was kept", async () => {
  const { page, complaints } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  await keepWords(page)
  const old = passphraseOf(page)
  // Whoever finds it open cannot make it theirs.
  const stolen = await changeByPage(page, "گلابی گلابی گلابی گلابی")
  await page.getByText(WRONG).waitFor()
  await page.getByRole("button", { name: LOCK }).click()
  await openWith(page, stolen)
  await page.getByText(WRONG).waitFor()
  await openWith(page, old)
  await reachHome(page)

  const next = await changeByPage(page, old)
  await page.getByText("از این پس فقط با واژه‌های تازه باز می‌شود").waitFor()
  expect(next).not.toBe(old)
  // The tab that changed it stays open, and the next start knows the new one alone.
  await page.reload()
  await openWith(page, old)
  await page.getByText(WRONG).waitFor()
  await openWith(page, next)
  await reachHome(page)
  await page.getByText("فقط روی همین گوشی").waitFor()
  expect(await page.locator(".face").count()).toBe(1)
  expect(complaints).toEqual([])
})

test("a second passphrase that was taken away again opens nothing and wipes nothing, and a changed first one leaves it", async () => {
  const { page } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  await keepWords(page)
  const gone = await duressByPage(page, passphraseOf(page))
  await page.getByRole("button", { name: "رمز دوم را بردار" }).click()
  await page.getByLabel("رمز اول شما").fill(passphraseOf(page))
  await page.getByRole("button", { name: "همین حالا بردار" }).click()
  await page.getByText("انجام شد.").waitFor()
  await page.getByRole("button", { name: LOCK }).click()
  await openWith(page, gone)
  await page.getByText(WRONG).waitFor()
  await openWith(page, passphraseOf(page))
  await reachHome(page)
  await page.getByText("فقط روی همین گوشی").waitFor()

  const duress = await duressByPage(page, passphraseOf(page))
  await goHome(page)
  const next = await changeByPage(page, passphraseOf(page))
  await page.getByText("از این پس فقط با واژه‌های تازه باز می‌شود").waitFor()
  await page.getByRole("button", { name: LOCK }).click()
  await openWith(page, duress)
  await page.getByRole("heading", { name: "با دعوت‌نامه شروع کنید" }).waitFor()
  await page.getByRole("button", { name: LOCK }).click()
  await openWith(page, next)
  await page.getByText(WRONG).waitFor()
})
