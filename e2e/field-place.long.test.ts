import { join } from "node:path"
import axe from "axe-core"
import type { BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { beginWords, joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, type Site } from "./field-shell-support.ts"
import { freshFolder, makeDesk, type OpenedReport, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

interface Witness {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
  /** Keeps the report and gives it as the desk opens it. */
  keep(): Promise<OpenedReport["report"]["place"]>
}

/** A phone that stands somewhere, with a report begun and the question of the place open. */
async function witness(where?: { lat: number; lon: number; accuracy: number }): Promise<Witness> {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const context = await site.browser.newContext({
    viewport: { width: 360, height: 740 },
    permissions: where === undefined ? [] : ["geolocation"],
    ...(where === undefined
      ? {}
      : { geolocation: { latitude: where.lat, longitude: where.lon, accuracy: where.accuracy } }),
  })
  context.setDefaultTimeout(20_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (line) => {
    if (line.type() === "error" && !line.text().includes("404")) complaints.push(line.text())
  })
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چیزی")
  await page.locator("summary", { hasText: "کجا؟" }).click()
  return {
    page,
    context,
    complaints,
    keep: async () => {
      await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
      await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
      const [opened] = await desk.pull(relay)
      return opened?.report.place ?? null
    },
  }
}

const NAME = "شهر، محله یا جاده"

test("a town is found by a few letters and without a network, and what will be said of it stands there in words", async () => {
  const { page, context, keep, complaints } = await witness()
  await page.getByLabel(NAME).fill("س")
  await page.getByText("GeoNames").waitFor()
  await context.setOffline(true)
  await page.getByLabel(NAME).fill("سراو")
  await page.getByRole("button", { name: "سراوان · سیستان و بلوچستان" }).click()
  await page.locator("strong", { hasText: "سراوان" }).waitFor()
  expect(await page.locator(".said-place").innerText()).toMatch(/سراوان.*سیستان و بلوچستان.*جایی در همین شهر/)
  const found = await page.evaluate(`${axe.source}; axe.run("main")`)
  expect((found as { violations: { id: string }[] }).violations.map(({ id }) => id)).toEqual([])
  await context.setOffline(false)
  expect(await keep()).toEqual({
    name: "سراوان",
    province: "سیستان و بلوچستان",
    precision: "town",
    id: "ir:04.saravan",
  })
  expect(complaints).toEqual([])
})

test("said as widely as a province, not even the town's name leaves the phone", async () => {
  const { page, keep } = await witness()
  await page.getByLabel(NAME).fill("Zahedan")
  await page.getByRole("button", { name: /^زاهدان/ }).click()
  await page.getByLabel("جایی در همین استان").check()
  expect(await keep()).toEqual({
    name: "سیستان و بلوچستان",
    province: "سیستان و بلوچستان",
    precision: "province",
    id: "ir:04",
  })
})

test("a name that several towns share is none of them until its province is said", async () => {
  const { page, keep } = await witness()
  await page.getByLabel(NAME).fill("نورآباد")
  await page.getByText("چند جا").waitFor()
  for (const province of ["فارس", "لرستان"]) {
    await page.getByRole("button", { name: `نورآباد · ${province}` }).waitFor()
  }
  expect(await keep()).toEqual({ name: "نورآباد", province: null, precision: "town" })
})

test("a name that nobody knows is kept as it was typed", async () => {
  const { page, keep } = await witness()
  await page.getByLabel(NAME).fill("سه‌راهِ قلعه‌سیاه")
  await page.getByText("این نام در فهرست نیست").waitFor()
  await page.getByLabel("درست همین نقطه").check()
  await page.getByLabel("استان", { exact: true }).fill("فارس")
  expect(await keep()).toEqual({ name: "سه‌راهِ قلعه‌سیاه", province: "فارس", precision: "point" })
})

test("where the phone is, is asked for only after the warning, and rounded before it is kept", async () => {
  const { page, keep } = await witness({ lat: 29.501_23, lon: 60.861_97, accuracy: 12 })
  await page.evaluate(() => {
    const asked = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
    Object.assign(window, { asked: 0 })
    navigator.geolocation.getCurrentPosition = (...how) => {
      ;(window as unknown as { asked: number }).asked++
      asked(...how)
    }
  })
  const asked = (): Promise<unknown> => page.evaluate("asked")
  await page.getByRole("button", { name: "همین‌جا که هستم" }).click()
  await page.getByText("حتی اگر از تور استفاده کنید").waitFor()
  expect(await asked()).toBe(0)
  await page.getByRole("button", { name: "حالا از گوشی بپرس" }).click()
  await page.getByText("نزدیک‌ترین شهری که می‌شناسیم").waitFor()
  expect(await asked()).toBe(1)
  expect(await page.locator(".said-place").innerText()).toMatch(/زاهدان.*تا حدود ۵ کیلومتر/)
  expect(await keep()).toEqual({
    name: "زاهدان",
    province: "سیستان و بلوچستان",
    precision: "town",
    id: "gn:1159301",
    point: { lat: 29_500, lon: 60_850 },
  })
})

test("a phone that knows little is not made to say more; as a province, no number leaves it", async () => {
  const { page, keep } = await witness({ lat: 29.501_23, lon: 60.861_97, accuracy: 40_000 })
  await page.getByRole("button", { name: "همین‌جا که هستم" }).click()
  await page.getByLabel("تا حدود ۱۰۰ متر").check()
  await page.getByRole("button", { name: "حالا از گوشی بپرس" }).click()
  await page.getByText("به این دقت نمی‌دانست").waitFor()
  expect(await keep()).toEqual({
    name: "سیستان و بلوچستان",
    province: "سیستان و بلوچستان",
    precision: "province",
  })
})

test("a phone that refuses says what to do, and the name can still be typed", async () => {
  const { page, keep } = await witness()
  await page.getByRole("button", { name: "همین‌جا که هستم" }).click()
  await page.getByRole("button", { name: "حالا از گوشی بپرس" }).click()
  await page.getByRole("alert").filter({ hasText: "اجازه نداد" }).waitFor()
  await page.getByLabel(NAME).fill("خاش")
  await page.getByRole("button", { name: "خاش · سیستان و بلوچستان" }).click()
  expect(await keep()).toMatchObject({ name: "خاش", precision: "town" })
})

test("a language is chosen in its own name; what it lacks is marked as another's; one font comes after the page", async () => {
  const { page, complaints } = await witness()
  await page.waitForFunction(
    () => [...document.fonts].filter(({ status }) => status === "loaded").length === 2,
  )
  await page.getByRole("button", { name: "برگشت" }).click()
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.locator("summary", { hasText: "زبان" }).click()
  await page.getByLabel("Kurmancî").check()
  await page.locator("html[lang=kmr][dir=ltr]").waitFor({ state: "attached" })
  await page.getByRole("heading", { name: "Zêdetir" }).waitFor()
  await page.locator("section[aria-labelledby=more] summary [lang=en]").first().waitFor()
  await page.getByLabel("کوردیی ناوەندی").check()
  await page.locator("html[lang=ckb][dir=rtl]").waitFor({ state: "attached" })
  expect(await page.locator("section[aria-labelledby=more] summary [lang=fa]").count()).toBeGreaterThan(0)
  // What somebody speaks is not left on the phone in the clear; under the passphrase it is.
  await page.reload()
  await page.locator("html[lang=fa]").waitFor({ state: "attached" })
  await unlock(page)
  await page.locator("html[lang=ckb]").waitFor({ state: "attached" })
  expect(complaints).toEqual([])
})

test("a pack of places that a desk hands out is taken in, kept under the passphrase, and taken away; another file is refused in words", async () => {
  const { page, complaints } = await witness()
  const more = async (): Promise<void> => {
    await page.getByRole("button", { name: "برگشت" }).click()
    await page.getByRole("button", { name: "بیشتر" }).click()
    await page.locator("summary", { hasText: "نام جاهای بیشتر" }).click()
  }
  const open = (text: string): Promise<void> =>
    page
      .locator("section[aria-labelledby=more] input[type=file]")
      .setInputFiles({ name: "iran.gazetteer", mimeType: "text/plain", buffer: Buffer.from(text) })
  await more()
  await open("PK no list")
  await page.getByRole("alert").filter({ hasText: "فهرست جاها نیست" }).waitFor()
  await open(PACK.replace("ده‌نمک", "\u202eده‌نمک"))
  await page.getByRole("alert").filter({ hasText: "دست‌کاری" }).waitFor()
  await open(PACK)
  await page.getByText("۳ جا").waitFor()
  await page.reload()
  await unlock(page)
  await reachHome(page)
  await beginWords(page)
  await page.locator("summary", { hasText: "کجا؟" }).click()
  await page.getByLabel(NAME).fill("ده نم")
  await page.getByRole("button", { name: "ده‌نمک · سمنان" }).waitFor()
  await page.getByText("Somebody").waitFor()
  // The country is the pack's now; the others are still there.
  await page.getByLabel(NAME).fill("سراوان")
  await page.getByText("این نام در فهرست نیست").waitFor()
  await page.getByLabel(NAME).fill("کابل")
  await page.getByRole("button", { name: /^کابل/ }).waitFor()
  await more()
  await page.getByRole("button", { name: "این فهرست را بردار" }).click()
  await page.getByText("۳ جا").waitFor({ state: "hidden" })
  expect(complaints).toEqual([])
})

const PACK = [
  "govah-gazetteer/1",
  JSON.stringify({ attribution: "Somebody", covers: ["IR"], licence: "CC0", title: "Iran" }),
  "c\tiso:IR\t\tایران\tIran\t\t\t\t",
  "p\tx:1\t0\tسمنان\tSemnan\t\t\t\t",
  "t\tx:2\t1\tده‌نمک\t\t\t35270\t52790\t",
  "",
].join("\n")
