import type { Page } from "playwright-core"

// What has the focus, as a screen reader would begin to name it: its group, then its own label.
async function focusName(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    const group = element?.closest("fieldset")?.querySelector(":scope > legend")?.textContent ?? ""
    const own =
      element?.closest("label")?.querySelector("span")?.textContent ??
      element?.getAttribute("aria-label") ??
      element?.textContent
    return `${group} / ${own}`
  })
}

/** Presses Tab until something has the focus. @param name - "group / label", as a screen reader begins. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if ((await focusName(page)) === name) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`no Tab leads to ${name}`)
}

/** Goes to a field by Tab and replaces what is in it. */
export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText(text)
}

/** Waits until the page's foot says something. */
export async function said(page: Page, text: string): Promise<void> {
  await page.locator("output", { hasText: text }).waitFor()
}

/** Saves the open form by its key. */
export async function save(page: Page, done: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Enter")
  await page.locator(".form").waitFor({ state: "detached" })
  await said(page, done)
}
