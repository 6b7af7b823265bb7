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

test("the passphrase is asked for before the engine runs, which has the last word; where it never comes, that is said", async () => {
  const { page, context } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await context.route(/engine\.worker/, async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  const passphrase = page.getByLabel("رمز، چهار واژه", { exact: true })
  await passphrase.fill(passphraseOf(page))
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  // Nothing can have opened it yet.
  expect(await page.getByRole("heading", { name: "چه چیزی را ثبت می‌کنید؟" }).count()).toBe(0)
  letGo()
  await reachHome(page)

  // A wipe that was cut: from outside it looks locked, and the engine finds that it is not.
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    await folder.removeEntry("lock")
    await folder.getFileHandle("lock", { create: true })
  })
  await page.reload()
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect(await passphrase.count()).toBe(0)

  await context.unroute(/engine\.worker/)
  await context.route(/engine\.worker/, (route) => route.abort())
  await page.reload()
  await page.getByRole("alert").waitFor()
  expect(await passphrase.count()).toBe(0)
})
