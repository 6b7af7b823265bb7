import { join } from "node:path"
import axe from "axe-core"
import type { Page } from "playwright-core"
import { expect } from "vitest"

/** Looks at what stands there in both languages; ends in the one that it began in. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const language of ["fa", "en"] as const) {
    await page.locator(`html[lang=${language}]`).waitFor({ state: "attached" })
    // By the debugger's road: the page's own policy rightly lets no script in.
    await page.evaluate(axe.source)
    const { violations, wide } = await page.evaluate(async () => {
      const { axe: inPage } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      const found = await inPage.run()
      return {
        violations: found.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
        ),
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      }
    })
    // For eyes: GOVAH_SCREENSHOTS names a folder.
    const pictures = process.env["GOVAH_SCREENSHOTS"]
    if (pictures)
      await page.screenshot({ path: join(pictures, `witness-${screen}-${language}.png`), fullPage: true })
    expect(violations, `${screen} ${language}`).toEqual([])
    expect(wide, `${screen} ${language} scrolls sideways`).toBe(false)
    await page.getByRole("button", { name: language === "fa" ? "English" : "فارسی" }).click()
  }
}
