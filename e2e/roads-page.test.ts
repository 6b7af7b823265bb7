import { randomBytes } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { takeFile } from "@govah/relay"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { beginWords, goHome, joinDesk, openRoads } from "./field-page-hands.ts"
import { openSite, type Site } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

const ONION = `${"b".repeat(55)}d.onion`
let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

async function visit(invitation: string): Promise<Page> {
  const context = await site.browser.newContext({
    viewport: { width: 360, height: 740 },
    acceptDownloads: true,
  })
  context.setDefaultTimeout(20_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${site.url}/`)
  await page.getByRole("button", { name: "English" }).click()
  await joinDesk(page, invitation, "en")
  await beginWords(page, "en")
  return page
}

async function keep(page: Page, words: string): Promise<void> {
  await page.locator("textarea").first().fill(words)
  await page.getByRole("button", { name: "Seal and keep" }).click()
  await page.getByText("This phone can no longer open it").first().waitFor()
}

async function open(page: Page, path: string): Promise<void> {
  await openRoads(page, "en")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Open a file that was brought" }).click()
  await (await choosing).setFiles(path)
}

test("the app saves a veiled file that a relay takes, and opens the file with the receipts", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([])
  const page = await visit(await desk.invite())
  await keep(page, "by a carrier, from the app")
  await goHome(page, "en")

  const saving = page.waitForEvent("download")
  await openRoads(page, "en")
  await page.getByRole("button", { name: "Save as a file for a carrier" }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^[23456789bcdfghjkmnpqrstvwxyz]{8}\.bin$/)
  const path = join(folder, "saved.bin")
  await download.saveAs(path)
  const bytes = await readFile(path)
  expect(bytes.length % (16_384 + 32)).toBe(0)
  expect(bytes.includes("age-encryption")).toBe(false)
  await page.getByText("Whoever carries it cannot read it").waitFor()

  await takeFile(relay.store, path)
  const [report] = await desk.pull(relay)
  expect(report?.report.text).toBe("by a carrier, from the app")

  // What is no file of this desk changes nothing.
  await writeFile(join(folder, "music.mp3"), randomBytes(3_000_000))
  await open(page, join(folder, "music.mp3"))
  await page.getByText("no file with receipts from your group").waitFor()
  const others = await makeDesk([])
  await writeFile(join(folder, "other.bin"), (await others.publish(relay, 1, [report!.arrived], null)).whole)
  await open(page, join(folder, "other.bin"))
  await page.getByText("no file with receipts from your group").waitFor()
  expect(await page.getByText("Arrived: they have it").count()).toBe(0)

  await writeFile(join(folder, "feed.bin"), (await desk.publish(relay, 1, [report!.arrived], null)).whole)
  await open(page, join(folder, "feed.bin"))
  await page.getByText("Arrived: they have it").waitFor()
  // Nothing is left that a carrier could take.
  expect(await page.getByRole("button", { name: "Save as a file for a carrier" }).count()).toBe(0)
})

test("an ordinary page names no onion address in a request", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  // With https, so that the page's policy lets it pass and the road alone holds it back.
  const desk = await makeDesk([`https://${ONION}`, relay.url])
  const page = await visit(await desk.invite())
  // The browser's own word on every request of page and worker, also on those that fail at the name.
  const asked: string[] = []
  page.context().on("request", (request) => asked.push(request.url()))
  await keep(page, "two relays")
  await page
    .getByRole("button", { name: /^Send now/ })
    .first()
    .click()
  await expect.poll(async () => (await desk.pull(relay)).length).toBe(1)
  await page.getByText("Road: Tor").first().waitFor()
  await goHome(page, "en")
  await page.getByRole("button", { name: "Check for receipts" }).click()
  expect(asked.filter((url) => url.includes(".onion"))).toEqual([])
  // The same watch sees those that a careless page, or its worker, would make.
  const careless = (url: string): Promise<unknown> => fetch(url).catch(() => null)
  await page.evaluate(careless, `https://${ONION}/page`)
  await page.workers()[0]?.evaluate(careless, `https://${ONION}/worker`)
  await expect
    .poll(() => asked.filter((url) => url.includes(".onion")).sort())
    .toEqual([`https://${ONION}/page`, `https://${ONION}/worker`])
})
