import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { FieldServer } from "@govah/field/server"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { accept, beginWords, goHome, joinDesk, unlock } from "./field-page-hands.ts"
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

interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that the browser complained of: errors, and what the page's policy stopped. */
  readonly complaints: string[]
}

async function visit(): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    permissions: ["camera"],
  })
  context.setDefaultTimeout(20_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text())
  })
  return { page, context, complaints }
}

/** An empty page, joined, with an empty report begun. */
async function beginReport(page: Page, invitation: string): Promise<void> {
  await page.goto(`${site.url}/`)
  await joinDesk(page, invitation)
  await beginWords(page)
}

test("words and a photo, kept in the page, reach the desk bit for bit, and the receipt comes back", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit()
  await beginReport(page, await desk.invite())

  await page.getByLabel("به زبان خودتان").fill(words)
  await page.locator("input[type=file]").setInputFiles(photoPath)
  for (const question of await page.locator("summary").all()) await question.click()
  await page.getByLabel("شهر، محله یا جاده").fill("سراوان")
  await page.getByLabel("استان", { exact: true }).fill("سیستان و بلوچستان")
  await page.getByLabel("روزی دیگر").check()
  await page.getByLabel("روز", { exact: true }).fill("۴")
  await page.getByLabel("ماه").selectOption({ label: "اسفند" })
  await page.getByLabel("سال").fill("۱۳۹۹")
  await page.getByLabel("تقریبی است").check()
  await page.getByLabel("خودم دیدم").check()
  await page.getByLabel("نوشته، تصویر و صدا").check()
  await page.getByText("نسخه‌ای که در گالری شماست").waitFor()
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await goHome(page)
  await page.getByText("از گوشی بیرون رفته").waitFor()

  const [opened, ...others] = await desk.pull(relay)
  expect(others).toEqual([])
  expect(opened?.signatureValid).toBe(true)
  expect(opened?.invitation).toBe(desk.secret)
  expect(opened?.report).toEqual({
    type: "observation",
    language: "fa",
    text: words,
    place: { name: "سراوان", province: "سیستان و بلوچستان", precision: "town" },
    period: { from: "2021-02-22", to: null, about: true },
    basis: "saw",
    claims: [],
    action: null,
    consent: { publish: "all", notBefore: null },
  })
  expect(opened?.attachments.map((one) => one.type)).toEqual(["image/jpeg"])
  expect(opened?.attachments[0]?.bytes.equals(await readFile(photoPath))).toBe(true)

  await page.getByRole("button", { name: "رسید آمده؟" }).click()
  await page.getByText("هنوز رسید تازه‌ای نیامده").waitFor()
  await desk.publish(relay, 1, [opened!.arrived], null)
  await page.getByRole("button", { name: "رسید آمده؟" }).click()
  await page.getByText("به دست گروه رسیده است").waitFor()
  expect(await storedNames(page)).not.toContain("cells-")
  for (const entry of await page.locator("textarea, input[type=text]").all()) {
    expect(await entry.getAttribute("autocomplete")).toBe("off")
  }
  expect(complaints.filter((line) => !line.includes("404"))).toEqual([])
})

test("a photo taken in the page goes from the camera to the desk", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page } = await visit()
  await beginReport(page, await desk.invite())
  await page.getByRole("button", { name: "عکس بگیرید" }).click()
  await page.waitForFunction(() => (document.querySelector("video")?.videoWidth ?? 0) > 0)
  await page.getByRole("button", { name: "بگیر", exact: true }).click()
  await page.getByText("۱ عکس گرفته شد").waitFor()
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  const [opened] = await desk.pull(relay)
  expect(opened?.report.consent).toEqual({ publish: "nothing", notBefore: null })
  expect(opened?.attachments[0]?.type).toBe("image/jpeg")
  expect(opened?.attachments[0]?.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
})

test("with no relay to reach, what is kept stays kept, over a reload too, and goes when the relay is back", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page } = await visit()
  await beginReport(page, await desk.invite())
  await relay.close()
  await page.getByLabel("به زبان خودتان").fill(words)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("اتصال نیست").waitFor()
  await page.getByText("داده‌های مرورگر را پاک نکنید").waitFor()
  await page.reload()
  await unlock(page)
  await page.getByText("فقط روی همین گوشی").waitFor()
  expect(await page.getByLabel("به زبان خودتان").count()).toBe(0)
  const again = await startRelay(join(folder, "relay.db"), relay.port)
  // Nobody has to ask for it.
  await page.getByText("از گوشی بیرون رفته").waitFor()
  expect((await desk.pull(again)).map((one) => one.report.text)).toEqual([words])
})

test("an invitation in the link is read, and leaves the address", async () => {
  const desk = await makeDesk([])
  const { page } = await visit()
  await page.goto(`${site.url}/#${await desk.invite()}`)
  await page.getByText("Test desk").waitFor()
  expect(page.url()).toBe(`${site.url}/`)
  await accept(page)
})

test("a wrong invitation, an empty report and an unreadable photo are refused in words, and nothing is kept", async () => {
  const desk = await makeDesk([])
  const invitation = await desk.invite()
  const { page } = await visit()
  await page.goto(`${site.url}/`)
  const read = page.getByRole("button", { name: "دعوت‌نامه را بخوان" })
  for (const [text, answer] of [
    ["", "این دعوت‌نامه کامل نیست"],
    [invitation.slice(0, 900), "این دعوت‌نامه کامل نیست"],
    [`${invitation.slice(0, -3)}AAA`, "دست‌کاری شده"],
    [await desk.invite("2020-01-01"), "مهلت این دعوت‌نامه گذشته"],
  ] as const) {
    await page.getByLabel("دعوت‌نامه", { exact: true }).fill(text)
    await read.click()
    await page.getByText(answer).waitFor()
  }
  await page.reload()
  await joinDesk(page, invitation)
  await beginWords(page)
  const keep = page.getByRole("button", { name: "مُهر کن و نگه دار" })
  await keep.click()
  await page.getByText("هنوز چیزی برای نگه داشتن نیست").waitFor()
  await page.getByLabel("به زبان خودتان").fill(words)
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo at all") })
  await page.getByText("عکس و فیلم و صدای خواندنی نبود").waitFor()
  expect(await page.getByLabel("به زبان خودتان").inputValue()).toBe(words)
  await goHome(page)
  await page.getByText("هنوز چیزی نیست").waitFor()
  expect(await storedNames(page)).not.toContain("cells-")
})

/** Names of all files that the page keeps, joined. */
async function storedNames(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names.join(" ")
  })
}
