import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WORDS } from "./field-fault-hands.ts"
import { askBeside, stored } from "./field-lock-hands.ts"
import { beginWords, goHome, joinDesk, passphraseOf, reachHome, unlock } from "./field-page-hands.ts"
import { photoPath } from "./field-report-support.ts"
import { openSite, type Site, traceOf, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("what was typed is offered again after the lock, what is kept has a face until it arrives, and a wrong passphrase opens nothing", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page } = await visit(site)
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect(await stored(page).catch(() => [])).toEqual([])
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  const before = await traceOf(page, "draft")
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await expect.poll(() => traceOf(page, "draft").catch(() => before)).not.toBe(before)
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).fill("گلابی گلابی گلابی گلابی")
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  await page.getByText("این رمز چیزی را باز نکرد").waitFor()
  await unlock(page)
  await page.getByText("گزارشی را شروع کرده‌اید").waitFor()
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await expect.poll(() => page.getByLabel("به زبان خودتان").inputValue()).toBe(WORDS)
  await page.locator("input[type=file]").setInputFiles(photoPath)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await goHome(page)
  await page.locator(".face", { hasText: "عکس" }).waitFor()
  await expect.poll(() => page.locator(".face canvas").getAttribute("height")).not.toBe("1")
  const [opened] = await desk.pull(relay)
  await desk.publish(relay, 1, [opened!.arrived], null)
  await page.getByRole("button", { name: "رسید آمده؟" }).click()
  await page.getByText("به دست گروه رسیده است").waitFor()
  expect(await page.locator(".face").count()).toBe(0)
  expect((await stored(page)).filter((name) => /^(record|cells|acked)-/.test(name))).toEqual([])
  // The draft went with the keeping: the next start offers nothing.
  await page.reload()
  await unlock(page)
  await reachHome(page)
  expect(await page.getByText("گزارشی را شروع کرده‌اید").count()).toBe(0)
})

test("the second passphrase opens an app that looks new, and the first one nothing", async () => {
  const desk = await makeDesk([])
  const { page } = await visit(site)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await expect.poll(() => stored(page)).toContainEqual(expect.stringMatching(/^record-/))
  const passphrase = passphraseOf(page)
  const [duress, state] = await askBeside(page, [
    { kind: "propose-passphrase", language: "fa" },
    { kind: "set-duress", passphrase, duress: "$last" },
  ])
  expect(state).toBe("locked")
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(duress as string)
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect((await stored(page)).filter((name) => name.includes("-"))).toEqual([])
  await page.reload()
  await unlock(page)
  await page.getByText("این رمز چیزی را باز نکرد").waitFor()
})
