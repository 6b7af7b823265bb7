import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { alteredSite } from "./leak/altered-site.ts"
import { type BrowserTree, makeBrowserTree } from "./leak/browser-tree.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { joinByHand, reachHomeByHand, tellByHand } from "./leak/field-visit.ts"
import { startFirefox, type TreeFirefox } from "./leak/firefox.ts"

let site: FieldServer
beforeAll(async () => {
  site = await buildFieldSite("firefox-long")
})
afterAll(() => site?.close())

async function freshFirefox(
  more: Parameters<typeof startFirefox>[1] = {},
): Promise<{ readonly firefox: TreeFirefox; readonly tree: BrowserTree }> {
  const tree = await makeBrowserTree()
  const firefox = await startFirefox(tree, more)
  onTestFinished(async () => {
    await firefox.kill()
    await tree.remove()
  })
  return { firefox, tree }
}

const KEPT = "نگه داشته شد و مُهر خورد"

test("a camera that Firefox refuses, or that is not there, leaves everything else open, and says so", async () => {
  const desk = await makeDesk([])
  const { firefox } = await freshFirefox({
    "media.navigator.permission.disabled": false,
    "permissions.default.camera": 2,
    "permissions.default.microphone": 2,
  })
  const page = await firefox.open()
  await joinByHand(page, site.url, await desk.invite())
  for (const way of ["عکس", "فیلم", "صدا"]) {
    await page.press(way)
    await page.see("به این صفحه اجازه‌ی دوربین یا میکروفون داده نشده")
    await page.see("از گوشی انتخاب کنید")
    await page.press("برگشت")
  }
  await page.press("نوشته")
  await page.write("به زبان خودتان", "words alone")
  await page.press("مُهر کن و نگه دار")
  await page.see(KEPT)
})

test("where Firefox has no recorder and holds no screen awake, a recording says so, and photos and words go on", async () => {
  const desk = await makeDesk([])
  const { firefox } = await freshFirefox()
  const page = await firefox.open()
  const bare = `delete globalThis.MediaRecorder
    if (globalThis.Navigator) delete Navigator.prototype.wakeLock`
  await joinByHand(page, await alteredSite(site.url, bare), await desk.invite())
  await page.press("فیلم")
  await page.press("شروع فیلم")
  await page.see("این مرورگر نمی‌تواند ضبط کند")
  await page.press("برگشت")
  await page.press("دورش بریزید")
  await page.press("بله، دور بریز")
  await tellByHand(page, { words: "photo and words", take: "photo" })
  await page.press("مُهر کن و نگه دار")
  await page.see(KEPT)
})

test("two windows of Firefox keep at the same time, and each report arrives once", async () => {
  const folder = await freshFolder()
  const file = join(folder, "picture.jpg")
  await writeFile(file, Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(60_000)]))
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { firefox } = await freshFirefox()
  const first = await firefox.open()
  const passphrase = await joinByHand(first, site.url, await desk.invite())
  const second = await firefox.open("window")
  await reachHomeByHand(second, site.url, passphrase)
  await tellByHand(second, { words: "second", file })
  await second.press("مُهر کن و نگه دار")
  // The one that is behind goes on, and shows nothing meanwhile.
  await first.front()
  await tellByHand(first, { words: "first", file })
  await first.press("مُهر کن و نگه دار")
  await first.see(KEPT)
  await second.front()
  await second.see(KEPT)
  // Both are sent, by one of the two.
  await expect
    .poll(async () => (await desk.pull(relay)).map(({ report }) => report.text).toSorted(), {
      timeout: 180_000,
    })
    .toEqual(["first", "second"])
  // A lock in one is a lock in both.
  await second.press("همین حالا قفل کن")
  await first.front()
  await first.see("قفل است")
})

test("a private window of Firefox says that nothing can be kept in it before anything is told", async () => {
  const { firefox } = await freshFirefox({ "browser.privatebrowsing.autostart": true })
  const page = await firefox.open()
  await page.goto(`${site.url}/`)
  await page.see("این مرورگر نمی‌گذارد صفحه چیزی نگه دارد")
})

test("three times Escape in Firefox: an empty app, and not a file of what was kept", async () => {
  const folder = await freshFolder()
  const file = join(folder, "picture.jpg")
  await writeFile(file, Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), Buffer.alloc(100_000, 7)]))
  const desk = await makeDesk([])
  const { firefox } = await freshFirefox()
  const page = await firefox.open()
  await joinByHand(page, site.url, await desk.invite())
  await tellByHand(page, { words: "to be wiped", file })
  await page.press("مُهر کن و نگه دار")
  await page.see(KEPT)
  await page.keys("\uE00C\uE00C\uE00C")
  await page.see("با دعوت‌نامه شروع کنید")
  await expect
    .poll(() =>
      page.evaluate(
        `navigator.storage.getDirectory().then((root) => root.getDirectoryHandle("field")).then((folder) => Array.fromAsync(folder.keys()))`,
      ),
    )
    .toEqual([])
})
