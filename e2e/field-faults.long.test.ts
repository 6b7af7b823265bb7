import { join } from "node:path"
import type { FieldServer } from "@govah/field/server"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { beginWords, joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { freshContext, KEEP, tapKeep, WORDS } from "./field-fault-hands.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { alteredSite } from "./leak/altered-site.ts"
import { openBrowser, WHOLE } from "./page-browser.ts"

let browser: Browser
let site: FieldServer
beforeAll(async () => {
  site = await serveFieldPage()
  // There is a camera, and nobody who allows it. A browser without a window asks nobody: this has to be a whole one.
  browser = await openBrowser(["--use-fake-device-for-media-stream"], WHOLE)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

test("with no room left, nothing is half kept, it says so, and the same tap keeps it once there is room", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const page = await (await freshContext(browser)).newPage()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  const session = await page.context().newCDPSession(page)
  await session.send("Storage.overrideQuotaForOrigin", { origin: site.url, quotaSize: 1 })
  await tapKeep(page, WORDS)
  await page.getByText("گوشی جا ندارد").waitFor()
  await page.getByText("آنچه پیش‌تر نگه داشته‌اید امن است").waitFor()
  expect(await page.getByLabel("به زبان خودتان").inputValue()).toBe(WORDS)
  expect(await desk.pull(relay)).toEqual([])
  await session.send("Storage.overrideQuotaForOrigin", { origin: site.url })
  await page.getByRole("button", { name: KEEP }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  expect((await desk.pull(relay)).map(({ report }) => report.text)).toEqual([WORDS])
})

test("two tabs keep at the same time, and each report arrives once", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const context = await freshContext(browser)
  const first = await context.newPage()
  await first.goto(`${site.url}/`)
  await joinDesk(first, await desk.invite())
  const second = await context.newPage()
  await second.goto(`${site.url}/`)
  await unlock(second)
  await reachHome(second)
  await Promise.all([tapKeep(first, "first"), tapKeep(second, "second")])
  for (const page of [first, second]) await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await expect
    .poll(async () => (await desk.pull(relay)).map(({ report }) => report.text).toSorted())
    .toEqual(["first", "second"])
})

test("where the browser threw its store away meanwhile, nothing is said to be kept, what was typed stays, and it begins anew", async () => {
  const desk = await makeDesk([])
  const page = await (await freshContext(browser)).newPage()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  const session = await page.context().newCDPSession(page)
  await session.send("Storage.clearDataForOrigin", { origin: site.url, storageTypes: "all" })
  await tapKeep(page, WORDS)
  await page.getByText("همه چیز از این برنامه پاک شده است").waitFor()
  await expect(page.getByText("نگه داشته شد و مُهر خورد").count()).resolves.toBe(0)
  expect(await page.getByLabel("به زبان خودتان").inputValue()).toBe(WORDS)
  await page.reload()
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
})

test("a refused camera leaves everything else open, and says so", async () => {
  const desk = await makeDesk([])
  const context = await freshContext(browser)
  await context.grantPermissions([], { origin: site.url })
  const page = await context.newPage()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByRole("button", { name: "عکس بگیرید", exact: true }).click()
  await page.getByText("به این صفحه اجازه‌ی دوربین یا میکروفون داده نشده").waitFor()
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await page.getByRole("button", { name: KEEP }).click()
  await page.getByText("نگه داشته شد و مُهر خورد").waitFor()
})

test("a window in which nothing can be kept says so before anything is told", async () => {
  const page = await (await freshContext(browser)).newPage()
  await page.goto(`${await alteredSite(site.url, NO_FILES)}/`)
  await page.getByText("این مرورگر نمی‌گذارد صفحه چیزی نگه دارد").waitFor()
})

// As Firefox's private windows are.
const NO_FILES = `navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"))`
