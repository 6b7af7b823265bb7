import type { Page } from "playwright-core"
import { expect } from "vitest"
import { joinDesk } from "./field-page-hands.ts"
import { type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

/** The mark that wipes everything, as it is called aloud. */
export const MARK = "پاک کردن همه چیز: یک ثانیه نگه دارید"

/** Somebody who has joined, where time stands still. */
export async function joined(site: Site): Promise<Page> {
  const { page } = await visit(site, { still: true })
  await joinDesk(page, await (await makeDesk([])).invite())
  return page
}

/** An empty app stands there, and of what was kept no file is left. */
export async function expectWiped(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "با دعوت‌نامه شروع کنید" }).waitFor()
  await expect
    .poll(
      async () =>
        await page.evaluate(async () => {
          const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
          return await Array.fromAsync(folder.keys())
        }),
    )
    .toEqual(expect.not.arrayContaining(["unit"]))
  await page.reload()
  await page.getByRole("heading", { name: "با دعوت‌نامه شروع کنید" }).waitFor()
}
