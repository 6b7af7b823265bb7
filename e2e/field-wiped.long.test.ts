import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { LOCK_BYTES, PLACE_BYTES, SALT_BYTES } from "@govah/core/lock"
import { createFieldServer, type FieldServer } from "@govah/field/server"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { beginWords, goHome, joinDesk, passphraseOf, unlock } from "./field-page-hands.ts"
import { duressByPage } from "./field-passphrase-hands.ts"
import { freshFolder, makeDesk } from "./field-support.ts"
import { makeBrowserTree } from "./leak/browser-tree.ts"
import { startChromium } from "./leak/chromium.ts"
import { makeDiskImage } from "./leak/disk-image.ts"
import { TELLING, unsealed } from "./leak/engine-asked.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { makeMarks } from "./leak/marks.ts"
import { type Needle, windowsOf } from "./leak/needle.ts"
import { searchImage, searchTree } from "./leak/search-tree.ts"
import { storedByHand } from "./leak/stored-by-hand.ts"

let site: FieldServer
beforeAll(async () => {
  // What the vault key is can be asked of this build, so that it can be looked for.
  site = await buildFieldSite("wiped", TELLING)
})
afterAll(() => site?.close())

const BEGIN = "با دعوت‌نامه شروع کنید"
const MARK = "پاک کردن همه چیز: یک ثانیه نگه دارید"

/** Ways to destroy what is kept, and what stands in the app's own folder after each. */
const ENDS = {
  "the second passphrase": {
    end: async (page: Page, duress: string) => {
      await page.getByRole("button", { name: "همین حالا قفل کن" }).click()
      await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(duress)
      await page.getByRole("button", { name: "باز کن", exact: true }).click()
    },
    // As a place that was furnished and never used.
    leaves: "new" as const,
  },
  "the mark, held for a second": {
    end: async (page: Page) => {
      await page.getByRole("button", { name: MARK }).hover()
      await page.mouse.down()
    },
    leaves: "nothing" as const,
  },
}

test.each(Object.keys(ENDS) as (keyof typeof ENDS)[])(
  "after %s no marker, no key and no lock is in the profile or on the raw disk, and the app looks new",
  async (way) => {
    const disk = makeDiskImage()
    if (typeof disk === "string") console.log(disk)
    else onTestFinished(() => disk.release())
    const tree = await makeBrowserTree(typeof disk === "string" ? undefined : disk.folder)
    const browser = await startChromium(tree)
    onTestFinished(async () => {
      await browser.kill()
      await tree.remove()
    })
    const tab = await browser.open()
    const { page } = tab
    await page.goto(`${site.url}/`)
    await page.getByRole("heading", { name: BEGIN }).waitFor()
    const fresh = await page.locator("main").innerText()
    const marks = makeMarks()
    const folder = await freshFolder()
    const picture = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(60_000)])
    await writeFile(join(folder, "picture.jpg"), picture)
    marks.media("picture", picture)
    const desk = await makeDesk([])
    marks.given("name of the desk", desk.card.name)
    await joinDesk(page, await desk.invite())
    marks.given("passphrase", passphraseOf(page))
    const newPlace = (await storedByHand(tab)).map(({ name, bytes }) => `${name} ${bytes.length}`)
    const duress = await duressByPage(page, passphraseOf(page))
    marks.given("second passphrase", duress)
    await goHome(page)
    await beginWords(page)
    await page.getByLabel("به زبان خودتان").fill(`${marks.latin("words")} ${marks.persian("Persian words")}`)
    await tab.setFiles("input[type=file]", join(folder, "picture.jpg"))
    await page.getByText("عکس، ").waitFor()
    await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
    await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
    await goHome(page)
    const before = await storedByHand(tab)
    await beginWords(page)
    await page.getByLabel("به زبان خودتان").fill(marks.latin("begun and not kept"))
    // Saved by itself, sealed.
    await expect.poll(async () => draftOf(await storedByHand(tab)).equals(draftOf(before))).toBe(false)
    await goHome(page)

    const stored = await storedByHand(tab)
    const names = stored.map(({ name }) => name)
    for (const kind of ["lock", "draft", "unit", "record-", "cells-"])
      expect(
        names.some((name) => name.startsWith(kind)),
        kind,
      ).toBe(true)
    const files = stored.flatMap(({ name, bytes }) =>
      (name === "lock" ? everyWindowOf(bytes) : windowsOf(bytes, 0)).map(
        (window): Needle => ({ mark: name, form: "bytes", bytes: window }),
      ),
    )
    const keys = new Set(
      (await unsealed(page)).filter(({ length }) => length === 32).map((key) => key.toString("hex")),
    )
    const secrets = [...keys].map(
      (key): Needle => ({ mark: "key", form: "bytes", bytes: Buffer.from(key, "hex") }),
    )
    expect(secrets.length).toBeGreaterThan(0)
    // The control: the search finds every file that is there, and what it holds is nowhere in clear.
    const there = searchTree(tree.root, files)
    expect(names.filter((name) => !there.has(name))).toEqual([])
    const told = [...marks.needles(), ...secrets]
    expect([...searchTree(tree.root, told).keys()], "before").toEqual([])
    if (typeof disk !== "string") expect(searchImage(disk.read(), lockOf(files)).has("lock")).toBe(true)

    await ENDS[way].end(page, duress)
    await page.getByRole("heading", { name: BEGIN }).waitFor()
    await expect
      .poll(async () => (await storedByHand(tab)).filter(({ name }) => name.includes("-")))
      .toEqual([])
    // Nothing in it is other than in an app that nobody has used.
    expect(await page.locator("main").innerText()).toBe(fresh)
    await expect
      .poll(async () => (await storedByHand(tab)).map(({ name, bytes }) => `${name} ${bytes.length}`))
      .toEqual(ENDS[way].leaves === "new" ? newPlace : [])
    expect(await page.locator("body").innerText()).not.toContain("Test desk")
    if (typeof disk !== "string")
      expect([...searchImage(disk.read(), [...lockOf(files), ...told])], "raw, running").toEqual([])
    await page.reload()
    if (ENDS[way].leaves === "new") {
      await unlock(page)
      await page.getByText("این رمز چیزی را باز نکرد").waitFor()
      await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(duress)
      await page.getByRole("button", { name: "باز کن", exact: true }).click()
    }
    await page.getByRole("heading", { name: BEGIN }).waitFor()
    await browser.close()
    expect([...searchTree(tree.root, [...files, ...told])], "after it was closed").toEqual([])
    if (typeof disk !== "string") {
      const raw = searchImage(disk.read(), [...files, ...told])
      console.log(`${way}, raw disk: still there, sealed under a key that is gone: ${[...raw].join(", ")}`)
      expect(raw.has("lock")).toBe(false)
      expect(marks.names().filter((name) => raw.has(name))).toEqual([])
    }
  },
)

test("a wipe needs nothing of the place that the page came from: it may be out of reach", async () => {
  const gone = await createFieldServer({
    port: 0,
    directory: join(import.meta.dirname, "../packages/field/build/wiped"),
  })
  const tree = await makeBrowserTree()
  const browser = await startChromium(tree)
  onTestFinished(async () => {
    await browser.kill()
    await tree.remove()
  })
  const tab = await browser.open()
  await tab.page.goto(`${gone.url}/`)
  await joinDesk(tab.page, await (await makeDesk([])).invite())
  await gone.close()
  for (let times = 0; times < 3; times++) await tab.page.keyboard.press("Escape")
  await tab.page.getByRole("heading", { name: BEGIN }).waitFor()
  expect(await tab.evaluate(LEFT)).toEqual([])
})

/** Names of all files that the page keeps in any folder. */
const LEFT = `(async () => {
  const names = []
  for await (const [name, folder] of (await navigator.storage.getDirectory()).entries())
    for await (const file of folder.keys()) names.push(name + "/" + file)
  return names
})()`

function draftOf(stored: Awaited<ReturnType<typeof storedByHand>>): Buffer {
  return stored.find(({ name }) => name === "draft")?.bytes ?? Buffer.alloc(0)
}

/** The lock is small, and every byte of it counts; but for its salt, which the second passphrase needs too. */
function everyWindowOf(lock: Buffer): readonly Buffer[] {
  const windows: Buffer[] = []
  for (let place = 0; place < LOCK_BYTES; place += PLACE_BYTES)
    for (let at = place + SALT_BYTES; at + 24 <= place + PLACE_BYTES; at += 24)
      windows.push(lock.subarray(at, at + 24))
  return windows
}

function lockOf(files: readonly Needle[]): readonly Needle[] {
  return files.filter(({ mark }) => mark === "lock")
}
