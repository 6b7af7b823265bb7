import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { encodeBulletin, encodeCall } from "@govah/core/bulletin"
import axe from "axe-core"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, joinDesk } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { poster } from "./poster.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

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

test("what a desk says to everybody stands on the page: warnings first, and calls with what comes with them", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit(site)
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
  await titles.nth(closed.length - 1).waitFor()
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
