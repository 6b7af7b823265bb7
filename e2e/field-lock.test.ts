import { afterAll, beforeAll, expect, test } from "vitest"
import { WORDS } from "./field-fault-hands.ts"
import { askBeside, stored } from "./field-lock-hands.ts"
import { beginWords, joinDesk, passphraseOf, unlock } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

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
