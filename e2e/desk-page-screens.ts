import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { expect } from "vitest"
import { openPage, samplePhoto, serveDesk } from "./desk-page-support.ts"
import { TEN_KILLED, workOn } from "./desk-page-work.ts"

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

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

/** How somebody looks at the page. */
export interface Look {
  readonly language: "fa" | "en"
  readonly scheme: "light" | "dark"
  readonly width: number
}

/** Walks the page's screens, of a narrow one the first alone, and demands that nothing stands in the way of anybody. */
export async function walkScreens(browser: Browser, { language, scheme, width }: Look): Promise<void> {
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
}

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
