import { randomBytes } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { takeFile } from "@govah/relay"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, unlock } from "./field-page-hands.ts"
import { keepWords, newPhone, setStage, type Stage } from "./field-send-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

/** Names of all files that the page keeps. */
async function storedNames(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names.sort()
  })
}

const photoOf = (bytes: number): { name: string; mimeType: string; buffer: Buffer } => ({
  name: "photo.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(bytes)]),
})

test("where the browser's room ends nothing is half kept, what is typed stays, and the rest goes out as a file", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([])
  const { page, context } = await newPhone(stage, await desk.invite())
  await keepWords(page, "kept before")
  const before = await storedNames(page)
  expect(before.some((name) => name.startsWith("cells-"))).toBe(true)

  const cdp = await context.newCDPSession(page)
  const { usage } = await cdp.send("Storage.getUsageAndQuota", { origin: stage.url })
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: stage.url, quotaSize: usage + 3_000_000 })
  await beginWords(page, "en")
  await page.locator("textarea").first().fill("no room for the picture")
  await page.locator("input[type=file]").first().setInputFiles(photoOf(8_000_000))
  await page.getByRole("button", { name: "Seal and keep" }).click()
  await page.getByText("This phone has no room left. Nothing was kept").waitFor()
  expect(await page.locator("textarea").first().inputValue()).toBe("no room for the picture")
  expect(await storedNames(page)).toEqual(before)

  // Home says so, and offers the way out that needs no network.
  await goHome(page, "en")
  await page.getByText("running out of room").waitFor()
  // It stands open: nobody has to look for it.
  const saving = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save as a file for a carrier" }).click()
  await (await saving).saveAs(join(folder, "saved.bin"))
  await takeFile(relay.store, join(folder, "saved.bin"))
  const [report, ...others] = await desk.pull(relay)
  expect([report?.report.text, others]).toEqual(["kept before", []])
  expect((await readFile(join(folder, "saved.bin"))).includes("age-encryption")).toBe(false)
  // Saved is not arrived: it stays.
  expect(await storedNames(page)).toEqual(before)

  // The page is opened anew with room again: what was kept is there, and the next report is kept.
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: stage.url, quotaSize: usage + 500_000_000 })
  await page.reload()
  await unlock(page, "en")
  await keepWords(page, "kept after", photoOf(8_000_000))
  expect(await page.getByText("running out of room").count()).toBe(0)
})
