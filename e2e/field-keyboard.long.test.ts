import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { joinNames, reachHome } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

/** What has the focus, as it is read aloud. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    const labels = (element as HTMLInputElement | null)?.labels
    return (
      element?.getAttribute("aria-label") ??
      labels?.[0]?.textContent ??
      element?.textContent ??
      ""
    ).trim()
  })
}

/** Goes on, or back, with the Tab key until something of that name, or whose name begins so, has the focus: nobody is to be kept from it. */
async function tabTo(page: Page, name: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const passed: string[] = []
  for (let steps = 0; steps < 80; steps++) {
    const now = await focused(page)
    if (now === name || now.startsWith(`${name} `)) return
    passed.push(now)
    await page.keyboard.press(key)
  }
  throw new Error(`${name} is not reached: ${passed.join(" → ")}`)
}

test("without a finger and without a mouse, from the first start to what is kept", async () => {
  const { page } = await visit(site)
  const names = joinNames("fa")
  await page.getByLabel(names.invitation, { exact: true }).waitFor()
  await tabTo(page, names.invitation)
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  await page.keyboard.insertText(await desk.invite())
  await tabTo(page, names.read)
  await page.keyboard.press("Enter")
  await expect.poll(() => focused(page)).toBe("با دعوت‌نامه شروع کنید")
  await tabTo(page, names.join)
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: names.learnt }).click({ trial: true })
  expect(await focused(page)).toBe("رمز شما")
  const passphrase = (await page.locator(".passphrase li").allTextContents()).join(" ")
  await tabTo(page, names.learnt)
  await page.keyboard.press("Enter")
  // The field is there, and has the focus already.
  await page.getByLabel(names.four, { exact: true }).waitFor()
  await expect.poll(() => focused(page)).toBe(names.four)
  await page.keyboard.insertText(passphrase)
  await page.keyboard.press("Enter")
  await reachHome(page)
  await tabTo(page, names.words)
  await page.keyboard.press("Enter")
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA")
  await page.keyboard.insertText("چند کلمه")
  await tabTo(page, "کجا؟")
  await page.keyboard.press("Enter")
  await tabTo(page, "شهر، محله یا جاده")
  await page.keyboard.insertText("سراو")
  await page.getByRole("button", { name: "سراوان · سیستان و بلوچستان" }).waitFor()
  await tabTo(page, "سراوان · سیستان و بلوچستان")
  await page.keyboard.press("Enter")
  // What was pressed is gone: the next stop is what came in its place, not the top of the page.
  await page.locator(".said-place").waitFor()
  await page.keyboard.press("Tab")
  expect(await focused(page)).toBe("جایی در همین شهر")
  await tabTo(page, "کسی آسیب دید یا برده شد؟")
  await page.keyboard.press("Enter")
  await tabTo(page, "یک سطر بیفزا")
  await page.keyboard.press("Enter")
  await tabTo(page, "چه شد", "Shift+Tab")
  await page.keyboard.press("ArrowDown")
  await tabTo(page, "شمار")
  await page.keyboard.insertText("۳")
  await tabTo(page, "مُهر کن و نگه دار")
  await page.keyboard.press("Enter")
  await expect.poll(() => focused(page)).toContain("نگه داشته شد")
  await tabTo(page, "برگشت", "Shift+Tab")
  await page.keyboard.press("Enter")
  await expect.poll(() => focused(page)).toBe(names.home)
  await tabTo(page, "بدون اینترنت")
  await page.keyboard.press("Enter")
  await tabTo(page, "فایلی را که آورده‌اند باز کن")
  await tabTo(page, "بیشتر", "Shift+Tab")
  await page.keyboard.press("Enter")
  await expect.poll(() => focused(page)).toBe("بیشتر")
  await tabTo(page, "درباره‌ی این برنامه")
  await tabTo(page, "همین حالا قفل کن", "Shift+Tab")
  await page.keyboard.press("Enter")
  await expect.poll(() => focused(page)).toBe(names.passphrase)
  await page.keyboard.insertText(passphrase)
  await page.keyboard.press("Enter")
  await reachHome(page)
  await expect.poll(async () => (await desk.pull(relay)).length).toBe(1)
  const [opened] = await desk.pull(relay)
  const report = opened?.report
  expect([report?.text, report?.place?.id, report?.claims.length]).toEqual(["چند کلمه", "ir:04.saravan", 1])
})
