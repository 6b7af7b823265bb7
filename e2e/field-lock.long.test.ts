import { afterAll, beforeAll, expect, test } from "vitest"
import { WORDS } from "./field-fault-hands.ts"
import { askBeside, stored } from "./field-lock-hands.ts"
import { beginWords, joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("a wipe in one tab leaves nothing, the other tab can write nothing more, and stands at the beginning", async () => {
  const desk = await makeDesk([])
  const { page, context } = await visit(site)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  const other = await context.newPage()
  await other.goto(`${site.url}/`)
  await unlock(other)
  await reachHome(other)
  expect(await askBeside(other, [{ kind: "wipe" }])).toEqual(["none"])
  expect(await stored(page)).toEqual([])
  // Nobody has told the first tab: its engine still holds the key.
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("alert").waitFor()
  expect(await stored(page)).toEqual([])
  await other.evaluate(() => new BroadcastChannel("lock").postMessage(null))
  for (const tab of [page, other]) await tab.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect(await page.getByLabel("به زبان خودتان").count()).toBe(0)
})
