import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { encodeBulletin, encodeCall } from "@govah/core/bulletin"
import { concatBytes } from "@govah/core/bytes"
import { readFeedProof } from "@govah/core/feed"
import { unveil } from "@govah/core/veil"
import { sealReply, startChain } from "@govah/core/reply"
import type { FieldServer } from "@govah/field/server"
import { nodePrimitives as p } from "@govah/node"
import axe from "axe-core"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { beginWords, goHome, joinDesk, openRoads, reachHome, unlock } from "./field-page-hands.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { sharedBrowser } from "./page-browser.ts"
import { poster } from "./poster.ts"

let browser: Browser
let site: FieldServer

beforeAll(async () => {
  site = await serveFieldPage()
  browser = await sharedBrowser()
})

afterAll(async () => {
  await site?.close()
})

const DAY = "2026-03-01"

function bulletin(language: string, title: string, words: string): Uint8Array {
  return encodeBulletin({ v: 1, day: DAY, language, title, words })
}

function call(
  over: { readonly language: string; readonly title: string; readonly words: string; readonly to?: string },
  material: { readonly type: "image/png" | "text/plain"; readonly bytes: Uint8Array } | null,
): Uint8Array {
  const named = material === null ? null : { type: material.type, bytes: material.bytes.length }
  const said = { campaign: "Lights", action: "vigil" as const, from: DAY, places: ["زاهدان", "سراوان"] }
  const whole = { v: 1 as const, ...said, ...over, to: over.to ?? null, material: named }
  return encodeCall({ call: whole, material: material?.bytes ?? new Uint8Array(0) })
}

async function visit(): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, acceptDownloads: true })
  context.setDefaultTimeout(60_000)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text())
  })
  return { page, complaints }
}

test("what a desk says to everybody stands on the page: warnings first, and calls with what comes with them", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit()
  const image = await poster(page)
  const sheet = new TextEncoder().encode("Print this.\nHang it where people pass.")
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  const first = await desk.publish(relay, 1, [], null, {
    warnings: [{ kind: "relay", day: DAY, subject: "relay.example", words: "دیگر امن نیست." }],
    bulletins: [bulletin("en", "Roads", "The north is shut."), bulletin("fa", "راه‌ها", "راه شمال بسته است.")],
    calls: [
      call({ language: "en", title: "A sheet", words: "To hang up." }, { type: "text/plain", bytes: sheet }),
      call(
        { language: "fa", title: "چراغی پشت پنجره", words: "ساعت هشت شب.", to: "2026-03-03" },
        { type: "image/png", bytes: image },
      ),
      call({ language: "fa", title: "تصویری شکسته", words: "بی‌تصویر." }, { type: "image/png", bytes: sheet }),
    ],
  })
  await page.getByRole("button", { name: "رسید آمده؟" }).click()

  // A warning before all else. Below where it was asked for what is in the reader's language comes first, each closed.
  await page.getByText("دیگر از این امانت‌دار استفاده نکنید").waitFor()
  const titles = page.locator(".said .question")
  const closed = ["راه‌ها", "Roads", "چراغی پشت پنجره", "تصویری شکسته", "A sheet"]
  expect(await titles.allTextContents()).toEqual(closed)
  expect(await page.locator("main > *").first().getByRole("alert").count()).toBe(1)
  expect(await page.locator("canvas").count()).toBe(0)

  await page.getByText("چراغی پشت پنجره").click()
  await page.getByText("از ۱۰ اسفند ۱۴۰۴ تا ۱۲ اسفند ۱۴۰۴").waitFor()
  expect(await page.getByText("زاهدان، سراوان").first().isVisible()).toBe(true)
  // The picture is drawn: what was flat before holds the flame's colour.
  const picture = page.getByRole("figure", { name: "تصویرِ «چراغی پشت پنجره»" }).locator("canvas")
  const flame = async (): Promise<number> =>
    await picture.evaluate((element) => {
      const canvas = element as HTMLCanvasElement
      const { width, height } = canvas
      return canvas.getContext("2d")?.getImageData(width / 2, height * 0.4, 1, 1).data[0] ?? 0
    })
  await expect.poll(flame).toBe(0xf0)
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /روی گوشی ذخیره کن/ }).click(),
  ])
  expect(saved.suggestedFilename()).toBe("1.png")
  expect((await readFile(await saved.path())).equals(image)).toBe(true)

  await page.getByText("تصویری شکسته").click()
  await page.getByText("این تصویر این‌جا باز نمی‌شود").waitFor()
  await page.getByText("A sheet").click()
  await page.getByText("Hang it where people pass.").waitFor()
  await expectAccessible(page)
  await photograph(page)

  // The one road that it knows is burnt: nothing is sent by it any more, and the page says so, and what to do.
  const before = createHash("sha256").update(first.headBytes).digest("hex")
  await desk.publish(relay, 2, [], before, {
    warnings: [{ kind: "relay", day: DAY, subject: relay.url, words: "به دست دیگران افتاد." }],
  })
  const ask = page.getByRole("button", { name: "رسید آمده؟" })
  await ask.click()
  await page.getByText("به دست دیگران افتاد.").waitFor()
  await ask.click()
  await page.getByText("هیچ‌کدام از راه‌هایی که این گوشی می‌شناسد").waitFor()
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چند کلمه")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.locator(".delivery").getByText("هیچ‌کدام از راه‌هایی که این گوشی می‌شناسد").waitFor()
  expect((await desk.pull(relay)).length).toBe(0)
  expect(complaints).toEqual([])
})

test("an answer is brought before the eyes, and stays until it is put away; two words that contradict each other are kept as proof", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit()
  await page.goto(`${site.url}/`)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چند کلمه")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  const [opened] = await desk.pull(relay)
  const answer = await sealReply(startChain(opened?.reply as Uint8Array), "آن‌جا نمانید.", p)
  const bucket = concatBytes(answer, p.random(3 * answer.length))
  await desk.publish(relay, 1, [], null, { buckets: [bucket] })
  await goHome(page)
  const ask = page.getByRole("button", { name: "رسید آمده؟" })
  await ask.scrollIntoViewIfNeeded()
  await ask.click()
  const shown = page.getByText("آن‌جا نمانید.")
  await shown.waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("پاسخ گروه به شما")
  const box = await shown.boundingBox()
  expect([(box?.y ?? -1) >= 0, (box?.y ?? 740) < 740]).toEqual([true, true])
  // A tab that is closed in this instant loses nothing: it stays until it is put away, and is nowhere then.
  await page.reload()
  await unlock(page)
  await shown.waitFor()
  await page.getByRole("button", { name: "خواندم" }).click()
  await shown.waitFor({ state: "detached" })
  await page.reload()
  await unlock(page)
  await reachHome(page)
  await page.getByText("آخرین خبر از گروه: امروز").waitFor()
  expect(await shown.count()).toBe(0)

  // A second number 1, which somebody brings: refused, and both are kept, saved, and judged elsewhere.
  const elsewhere = await startRelay(join(await freshFolder(), "relay.db"))
  const { whole } = await desk.publish(elsewhere, 1, [], null)
  await openRoads(page)
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "فایلی را که آورده‌اند باز کن" }).click()
  await (await choosing).setFiles({ name: "news.bin", mimeType: "", buffer: Buffer.from(whole) })
  await page.getByText("که با هم نمی‌خوانند").waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "هر دو را در فایلی" }).click(),
  ])
  const bytes = new Uint8Array(await readFile(await saved.path()))
  expect(Buffer.from(bytes).includes(desk.card.key)).toBe(false)
  const proof = await readFeedProof((await unveil(bytes, p)) as Uint8Array, p)
  expect([proof.heads.length, proof.contradictions.length]).toEqual([2, 1])
  await page.getByRole("button", { name: "رساندم" }).click()
  await page.getByText("که با هم نمی‌خوانند").waitFor({ state: "detached" })
  expect(complaints.filter((line) => !line.includes("404"))).toEqual([])
})

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations, isWide } = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
    const { scrollWidth, clientWidth } = document.documentElement
    const found = await inPage.run()
    return { violations: found.violations.map(({ id }) => id), isWide: scrollWidth > clientWidth }
  })
  expect([violations, isWide]).toEqual([[], false])
}

/** For eyes: GOVAH_SCREENSHOTS names a folder. */
async function photograph(page: Page): Promise<void> {
  const folder = process.env["GOVAH_SCREENSHOTS"]
  if (!folder) return
  for (const language of ["fa", "en"]) {
    if (language === "en") await page.getByRole("button", { name: "English" }).click()
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [device, width] of [
        ["phone", 360],
        ["laptop", 1280],
      ] as const) {
        await page.setViewportSize({ width, height: 740 })
        const path = join(folder, `said-${language}-${colorScheme}-${device}.png`)
        await page.screenshot({ path, fullPage: true })
      }
    }
  }
}
