import { join } from "node:path"
import axe from "axe-core"
import type { BrowserContext, Page } from "playwright-core"
import { expect } from "vitest"
import type { Tongue } from "../field-page-hands.ts"
import { type Site, visit } from "../field-shell-support.ts"
import { makeDesk, type TestDesk } from "../field-support.ts"

/** How somebody looks at the page. */
export interface Look {
  readonly tongue: Tongue
  readonly scheme: "light" | "dark"
  readonly width: number
}

export const LOOKS: readonly Look[] = (["fa", "en"] as const).flatMap((tongue) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    [320, 360, 1280].map((width) => ({ tongue, scheme, width })),
  ),
)

/** Somebody who goes from screen to screen. */
export interface Walk {
  readonly look: Look
  readonly page: Page
  readonly context: BrowserContext
  /** Looks at what stands there, and demands that nothing of it stands in anybody's way. */
  readonly see: (screen: string) => Promise<void>
  /** Everything that the browser complained of, but for what was not there or did not answer. */
  readonly complaints: () => readonly string[]
}

/** One theme, walked by one person in one look. */
export type Theme = (site: Site, look: Look) => Promise<void>

const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 360: 740, 1280: 800 }

/** A fresh profile, with the page in the language of the look. */
export async function setOut(site: Pick<Site, "url" | "browser">, look: Look): Promise<Walk> {
  const { tongue, scheme, width } = look
  const { page, context, complaints } = await visit(site, {
    scheme,
    width,
    height: HEIGHTS[width] ?? 740,
  })
  await speak(page, tongue)
  return {
    look,
    page,
    context,
    see: async (screen) => await expectOpenToAll(page, screen, look),
    complaints: () => complaints.filter((line) => !/404|ERR_|Failed to load/.test(line)),
  }
}

/** Has the page in this language; it begins in Persian. */
export async function speak(page: Page, tongue: Tongue): Promise<void> {
  if (tongue === "en") await page.getByRole("button", { name: "English" }).click()
  await page.locator(`html[lang=${tongue}]`).waitFor({ state: "attached" })
}

/** A desk with a name that such a group could have. @param from - first day of its term: today, unless said. */
export async function plainDesk(
  tongue: Tongue,
  relays: readonly string[] = [],
  from: string = new Date().toISOString().slice(0, 10),
): Promise<TestDesk> {
  return await makeDesk(relays, tongue === "fa" ? "گروه ثبت رویدادها" : "Records group", from)
}

/** A page that was opened in another way, looked at in this one. */
export async function lookAt(page: Page, look: Look): Promise<Walk["see"]> {
  await page.setViewportSize({ width: look.width, height: HEIGHTS[look.width] ?? 740 })
  await page.emulateMedia({ colorScheme: look.scheme })
  await speak(page, look.tongue)
  return async (screen) => await expectOpenToAll(page, screen, look)
}

/** Unfolds every question that is closed. */
export async function unfoldAll(page: Page): Promise<void> {
  const closed = page.locator("details:not([open]) > summary:visible")
  while ((await closed.count()) > 0) await closed.first().click()
}

async function expectOpenToAll(page: Page, screen: string, look: Look): Promise<void> {
  const named = `${screen} ${look.tongue} ${look.scheme} ${look.width}`
  // For eyes: GOVAH_SCREENSHOTS names a folder.
  const pictures = process.env["GOVAH_SCREENSHOTS"]
  if (pictures) {
    await page.screenshot({ path: join(pictures, `${named.replaceAll(" ", "-")}.png`), fullPage: true })
  }
  // By the debugger's road: the page's own policy rightly lets no script in.
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source)
  const found = await page.evaluate(inspect, look.tongue)
  expect(found, named).toEqual({
    violations: [],
    isWide: false,
    isWideAtTwice: false,
    small: [],
    touching: [],
    foreignDigits: [],
  })
}

interface Found {
  readonly violations: readonly string[]
  readonly isWide: boolean
  readonly isWideAtTwice: boolean
  readonly small: readonly string[]
  readonly touching: readonly string[]
  readonly foreignDigits: readonly string[]
}

/** Runs inside the page. */
async function inspect(tongue: string): Promise<Found> {
  const { axe: inPage } = window as unknown as {
    axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
  }
  const { violations } = await inPage.run()
  const root = document.documentElement
  const scrolls = (): boolean => root.scrollWidth > root.clientWidth
  const isWide = scrolls()
  root.style.fontSize = "200%"
  const isWideAtTwice = scrolls()
  root.style.fontSize = ""
  const shown = (selector: string): Element[] =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
  const name = (one: Element): string => one.outerHTML.slice(0, 120)
  // Targets that a thumb finds. Radio buttons and the like are as large as the line that holds them.
  const small = shown("button, summary, label.choice, label.button, select, textarea, input[type=text]")
    .filter((one) => one.getBoundingClientRect().height < 47.5 || one.getBoundingClientRect().width < 47.5)
    .map(name)
  // Two frames that meet are taken for one thing.
  const framed = shown(
    "main :is(button, label.choice, label.button, select, textarea, input[type=text])",
  ).filter((one) => {
    const { borderTopColor, borderTopWidth, position } = getComputedStyle(one)
    return borderTopWidth !== "0px" && !/, 0\)$|transparent/.test(borderTopColor) && position !== "fixed"
  })
  const touching = framed.flatMap((one, at) => {
    const a = one.getBoundingClientRect()
    return framed.slice(at + 1).flatMap((other) => {
      const b = other.getBoundingClientRect()
      const apart = Math.max(b.top - a.bottom, a.top - b.bottom, b.left - a.right, a.left - b.right)
      return apart < 3.5 ? [`${name(one)} | ${name(other)}`] : []
    })
  })
  // Numbers in the reader's own digits; what is another language's says so.
  const foreign = tongue === "fa" ? /[0-9]/ : /[۰-۹٠-٩]/
  const foreignDigits: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const holder = node.parentElement
    if (holder === null || !holder.checkVisibility()) continue
    if (holder.closest(`[lang]:not([lang=${tongue}]), noscript, script`) !== null) continue
    // What is set apart is a name: of a person, or of a licence.
    const own = (node.nodeValue ?? "").replace(/\u2068[^\u2069]*\u2069/g, "")
    if (foreign.test(own)) foreignDigits.push(own.slice(0, 80))
  }
  return {
    violations: violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    ),
    isWide,
    isWideAtTwice,
    small,
    touching,
    foreignDigits,
  }
}
