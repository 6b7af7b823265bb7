import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildPage, launchBrowser, openPage, samplePhoto, serveDesk } from "./desk-page-support.ts"
import { TEN_KILLED, workOn } from "./desk-page-work.ts"

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
let browser: Browser
let removePage: () => Promise<void>

beforeAll(async () => {
  removePage = await buildPage()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await removePage?.()
})

test("an unknown unit, a bad signature and lost pieces are shown as such, in words", async () => {
  const served = await serveDesk()
  await served.send({ text: "بیگانه" }, [], { stranger: true })
  await served.send({ text: "دست‌خورده" }, [], { badSignature: true })
  await served.send({ text: "ناتمام" }, [await samplePhoto()], { leaveOut: 3 })
  const { page } = await openPage(browser, served)
  const list = page.locator(".rows")
  await list.getByText("واحد ناشناس").waitFor()
  await list.getByText("امضای نادرست").waitFor()
  await list.getByText("۳ تکه مانده").waitFor()
  await page.getByLabel("نیازمند احتیاط").check()
  expect(await page.locator(".row").count()).toBe(2)
  await page.keyboard.press("/")
  await page.getByLabel("همه", { exact: false }).first().check()
  await page.keyboard.press("/")
  await page.waitForFunction(() => document.activeElement?.id === "search")
  // Written with Arabic letters, found all the same.
  await page.keyboard.insertText("بيگانه")
  expect(await page.locator(".row").count()).toBe(1)
  await page.keyboard.press("Escape")
  await page.keyboard.press("j")
  await page.locator(".mark.unknown").waitFor()
})

test("of two keys with one invitation, the one whose holder was heard becomes known", async () => {
  const served = await serveDesk()
  const first = await served.send({ text: "یکم" })
  const second = await served.send({ text: "دوم" }, [], { secondKey: true })
  const { page } = await openPage(browser, served)
  expect(await page.locator(".row", { hasText: "واحد مشکوک" }).count()).toBe(2)
  await page.locator(`[data-root="${first}"]`).click()
  await page.getByRole("button", { name: "واحد همین رقم‌ها را گفت" }).click()
  await page.getByRole("button", { name: "اعتماد کن" }).click()
  await page.locator("output", { hasText: "این واحد اکنون شناخته است." }).waitFor()
  const standing = new Map((await served.desk.list()).map((row) => [row.root, row.unitStanding]))
  expect([standing.get(first), standing.get(second)]).toEqual(["known", "contested"])
})

const SCREENS: Readonly<Record<string, (page: Page, root: string) => Promise<void>>> = {
  report: async (page, root) => {
    await page.locator(`[data-root="${root}"]`).click()
    await page.locator(".media img").waitFor()
  },
  claim: async (page) => {
    await page.keyboard.press("n")
    await page.locator(".form").waitFor()
  },
  picture: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.keyboard.press("m")
    await page.locator(".covers img").waitFor()
    await page.locator(".covers + .buttons button").first().click()
  },
  event: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.locator("dialog button.danger").click()
    await page.keyboard.type("ge")
    await page.keyboard.press("j")
    await page.locator(".checklist li").first().waitFor()
  },
  story: async (page) => {
    await page.keyboard.type("gs")
    await page.keyboard.press("n")
    await page.locator(".paragraph").waitFor()
  },
  keys: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.keyboard.press("?")
    await page.locator("dialog[open]").waitFor()
  },
}

test.for([
  ["fa", "light", 1280],
  ["fa", "dark", 1280],
  ["en", "light", 1280],
  ["en", "dark", 1280],
  ["fa", "light", 390],
] as const)("nothing stands in the way of anybody: %s, %s, %i wide", async ([language, scheme, width]) => {
  const served = await serveDesk()
  const root = await served.send({ claims: [TEN_KILLED] }, [await samplePhoto()])
  await served.send({ text: "بیگانه" }, [], { stranger: true, leaveOut: 0 })
  await workOn(served, root)
  const { page } = await openPage(browser, served, { language, scheme, width })
  for (const [name, reach] of Object.entries(SCREENS)) {
    if (width < 600 && name !== "report") break
    await reach(page, root).catch((cause: unknown) => {
      throw new Error(`screen ${name}`, { cause })
    })
    expect(await violations(page), `${name} ${language} ${scheme}`).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide, `${name} scrolls sideways`).toBe(false)
  }
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations: found } = await axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 150)).join(" | ")}`)
  })
}
