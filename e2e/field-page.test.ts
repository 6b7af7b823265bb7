import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WORDS } from "./field-fault-hands.ts"
import { accept, beginWords, goHome, joinDesk } from "./field-page-hands.ts"
import { photoPath, storedNames } from "./field-report-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("words and a photo, kept in the page, reach the desk bit for bit, and the receipt comes back", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit(site)
  await joinDesk(page, await desk.invite())
  await beginWords(page)

  await page.getByLabel("به زبان خودتان").fill(WORDS)
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
    text: WORDS,
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

test("an invitation in the link is read, where the page stands already too, and leaves the address", async () => {
  const desk = await makeDesk([])
  const { page } = await visit(site)
  // Followed in the page itself: nothing is loaded anew. Broken, it is refused like any other.
  await page.goto(`${site.url}/#%`)
  await page.getByText("این دعوت‌نامه کامل نیست").waitFor()
  expect(page.url()).toBe(`${site.url}/`)
  await page.goto(`${site.url}/#${await desk.invite()}`)
  await page.getByText("Test desk").waitFor()
  expect(page.url()).toBe(`${site.url}/`)
  await page.goto("about:blank")
  await page.goto(`${site.url}/#${await desk.invite()}`)
  await page.getByText("Test desk").waitFor()
  expect(page.url()).toBe(`${site.url}/`)
  await accept(page)
})

test("a wrong invitation, an empty report and an unreadable photo are refused in words, and nothing is kept", async () => {
  const desk = await makeDesk([])
  const invitation = await desk.invite()
  const { page } = await visit(site)
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
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo at all") })
  await page.getByText("عکس و فیلم و صدای خواندنی نبود").waitFor()
  expect(await page.getByLabel("به زبان خودتان").inputValue()).toBe(WORDS)
  await goHome(page)
  await page.getByText("هنوز چیزی نیست").waitFor()
  expect(await storedNames(page)).not.toContain("cells-")
})
