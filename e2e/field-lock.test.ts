import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { FieldServer } from "@govah/field/server"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { beginWords, goHome, joinDesk, passphraseOf, reachHome, unlock } from "./field-page-hands.ts"
import { traceOf } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { sharedBrowser } from "./page-browser.ts"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const photoPath = join(root, "samples/saravan-2021/media/A01-tehran-poster.jpg")
const words = "نشانِ ۷۱۳۹: تیراندازی نزدیک مرز"

let browser: Browser
let site: FieldServer

beforeAll(async () => {
  site = await serveFieldPage()
  browser = await sharedBrowser()
})
afterAll(async () => {
  await site?.close()
})

async function visit(): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  context.setDefaultTimeout(20_000)
  onTestFinished(() => context.close())
  return { page: await context.newPage(), context }
}

/** Asks an engine of one's own, beside the page's: as another tab has it. */
async function askBeside(page: Page, requests: readonly object[]): Promise<readonly unknown[]> {
  const url = page
    .workers()
    .find((worker) => worker.url().includes("engine"))
    ?.url()
  return await page.evaluate(
    async ([address, all]) => {
      const worker = new Worker(address as string, { type: "module" })
      const answers: unknown[] = []
      let last: unknown = null
      for (const [number, request] of (all as object[]).entries()) {
        const asked = JSON.parse(JSON.stringify(request).replace('"$last"', JSON.stringify(last))) as object
        const answer = new Promise<Record<string, unknown>>((resolve) => {
          worker.addEventListener("message", ({ data }: MessageEvent<Record<string, unknown>>) => {
            if (data["number"] === number) resolve(data)
          })
        })
        worker.postMessage({ number, request: asked })
        const said = await answer
        last = said["answer"]
        answers.push(said["answer"] ?? said["failure"])
      }
      worker.terminate()
      return answers
    },
    [url, requests] as const,
  )
}

async function stored(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names.sort()
  })
}

test("what was typed is offered again after the lock, what is kept has a face until it arrives, and a wrong passphrase opens nothing", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page } = await visit()
  await page.goto(`${site.url}/`)
  await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
  expect(await stored(page).catch(() => [])).toEqual([])
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  const before = await traceOf(page, "draft")
  await page.getByLabel("به زبان خودتان").fill(words)
  await expect.poll(() => traceOf(page, "draft").catch(() => before)).not.toBe(before)
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).fill("گلابی گلابی گلابی گلابی")
  await page.getByRole("button", { name: "باز کن", exact: true }).click()
  await page.getByText("این رمز چیزی را باز نکرد").waitFor()
  await unlock(page)
  await page.getByText("گزارشی را شروع کرده‌اید").waitFor()
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await expect.poll(() => page.getByLabel("به زبان خودتان").inputValue()).toBe(words)
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
  const { page, context } = await visit()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
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

test("the second passphrase opens an app that looks new, and the first one nothing", async () => {
  const desk = await makeDesk([])
  const { page } = await visit()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
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
