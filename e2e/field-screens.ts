import { join } from "node:path"
import axe from "axe-core"
import type { Page } from "playwright-core"
import { expect } from "vitest"
import { beginWords, goHome, joinNames, type Tongue } from "./field-page-hands.ts"
import { setSeen, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

/** How somebody looks at the page. */
export interface Look {
  readonly tongue: Tongue
  readonly scheme: "light" | "dark"
  readonly width: number
}

const NAMES = {
  fa: { more: "بیشتر", keep: "مُهر کن و نگه دار", lock: "همین حالا قفل کن", open: "باز کن", other: "English" },
  en: { more: "More", keep: "Seal and keep", lock: "Lock now", open: "Open", other: "فارسی" },
} as const
const COVERS = {
  fa: { notes: "یادداشت‌هایی", calculator: "ماشین حساب", calendar: "تقویمی", look: "قفل کن و پوشش" },
  en: { notes: "Notes to", calculator: "A calculator", calendar: "A calendar", look: "Lock, and show" },
} as const

/**
 * Walks every screen from the first start to a wiped app, and demands of each that nothing stands in the way of anybody:
 * no violation that axe knows, no scrolling sideways, not at twice the size of text either.
 */
export async function walkScreens(site: Site, look: Look): Promise<void> {
  const { page, complaints } = await visit(site, { scheme: look.scheme, width: look.width })
  const names = NAMES[look.tongue]
  const join = joinNames(look.tongue)
  const see = async (screen: string): Promise<void> => await expectOpenToAll(page, screen, look)
  if (look.tongue === "en") await page.getByRole("button", { name: "English" }).click()
  await page.getByLabel(join.invitation, { exact: true }).waitFor()
  await see("first start")
  await page.getByRole("button", { name: join.read }).click()
  await page.getByRole("alert").waitFor()
  await see("refused invitation")
  await page.getByLabel(join.invitation, { exact: true }).fill(await (await makeDesk([])).invite())
  await page.getByRole("button", { name: join.read }).click()
  await page.getByRole("button", { name: join.join }).waitFor()
  await see("invitation")
  await page.getByRole("button", { name: join.join }).click()
  await page.locator(".passphrase li").nth(3).waitFor()
  await page.getByRole("button", { name: join.learnt }).click({ trial: true })
  await see("passphrase")
  const passphrase = (await page.locator(".passphrase li").allTextContents()).join(" ")
  await page.getByRole("button", { name: join.learnt }).click()
  await see("passphrase typed")
  await page.getByLabel(join.four, { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: join.set }).click()
  await page.locator(".starts").waitFor()
  await see("home")
  await beginWords(page, look.tongue)
  await page.locator("textarea").first().fill("۱۲۳")
  for (const question of await page.locator("summary:visible").all()) await question.click()
  await see("report")
  await goHome(page, look.tongue)
  await see("home with a report begun")
  await page.locator(".begun button").first().click()
  await page.getByRole("button", { name: names.keep }).click()
  await page.locator(".delivery h1").waitFor()
  await see("kept")
  await goHome(page, look.tongue)
  await page.locator(".parcel").first().waitFor()
  await see("home with something kept")
  await page.getByRole("button", { name: names.more, exact: true }).click()
  await see("more")
  for (const setting of await page.locator(".setting > summary").all()) await setting.click()
  await see("more unfolded")
  await setSeen(page, false)
  await setSeen(page, true)
  await page.locator(".blank button").waitFor()
  await see("blank")
  await page.locator(".blank button").click()
  const covers = COVERS[look.tongue]
  await page.getByRole("button", { name: names.lock }).click()
  await page.locator("#passphrase").waitFor()
  await see("locked")
  await page.locator("#passphrase").fill("wrong")
  await page.getByRole("button", { name: names.open, exact: true }).click()
  await page.getByRole("alert").waitFor()
  await see("wrong passphrase")
  for (const cover of ["notes", "calculator", "calendar"] as const) {
    await page.locator("#passphrase").fill(passphrase)
    await page.getByRole("button", { name: names.open, exact: true }).click()
    await page.getByRole("button", { name: names.more, exact: true }).click()
    await page.locator(".setting:has([name=cover]) > summary").click()
    await page.getByRole("radio", { name: covers[cover] }).check()
    await page.locator(".way").first().waitFor()
    if (cover === "notes") await see("cover chosen")
    await page.getByRole("button", { name: covers.look }).click()
    await page.locator(".cover").waitFor()
    await see(`cover ${cover}`)
    const main = page.locator(".equals, .notes .main, .turner .second").first()
    for (let times = 0; times < 5; times++) await main.click()
    await page.locator("#passphrase").waitFor()
  }
  expect(complaints.filter((line) => !/404|ERR_|Failed to load/.test(line))).toEqual([])
}

async function expectOpenToAll(page: Page, screen: string, look: Look): Promise<void> {
  const named = `${screen} ${look.tongue} ${look.scheme} ${look.width}`
  // For eyes: GOVAH_SCREENSHOTS names a folder.
  const pictures = process.env["GOVAH_SCREENSHOTS"]
  if (pictures) {
    await page.screenshot({ path: join(pictures, `${named.replaceAll(" ", "-")}.png`), fullPage: true })
  }
  // By the debugger's road: the page's own policy rightly lets no script in.
  await page.evaluate(axe.source)
  const { violations, isWide, isWideAtTwice, isSmall } = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const found = await inPage.run()
    const root = document.documentElement
    const scrolls = (): boolean => root.scrollWidth > root.clientWidth
    const wide = scrolls()
    root.style.fontSize = "200%"
    const wideAtTwice = scrolls()
    root.style.fontSize = ""
    // Targets that a thumb finds. Radio buttons and the like are as large as the line that holds them.
    const small = [...document.querySelectorAll("button, summary, label.choice, label.button, select")]
      .filter((target) => target.getClientRects().length > 0)
      .map((target) => [target.getBoundingClientRect(), target.outerHTML] as const)
      .filter(([{ width, height }]) => height < 47.5 || width < 47.5)
      .map(([, html]) => html.slice(0, 120))
    return {
      violations: found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      ),
      isWide: wide,
      isWideAtTwice: wideAtTwice,
      isSmall: small,
    }
  })
  expect({ violations, isWide, isWideAtTwice, isSmall }, named).toEqual({
    violations: [],
    isWide: false,
    isWideAtTwice: false,
    isSmall: [],
  })
}
