import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { goHome, joinDesk } from "./field-page-hands.ts"
import { webmOf } from "./field-report-support.ts"
import { freshFolder, makeDesk } from "./field-support.ts"
import { ARGS, WHOLE } from "./page-browser.ts"

// Before the handles of files were held while they were asked, the ninth to eleventh of these was never answered: what
// seals makes much garbage, and Chromium answers nothing to a handle that was collected.
test("twenty-two films are kept one after another in one sitting", async () => {
  const site = await serveFieldPage()
  onTestFinished(() => site.close())
  const folder = await freshFolder()
  const film = join(folder, "film.webm")
  await writeFile(film, webmOf(10_000_000))
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: WHOLE,
    args: [...ARGS],
  })
  onTestFinished(() => context.close())
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(site.url)
  await joinDesk(page, await (await makeDesk([])).invite())
  for (let report = 1; report <= 22; report++) {
    await page.getByRole("button", { name: "نوشته", exact: true }).click()
    await page.locator("input[type=file]").first().setInputFiles(film)
    await page.getByRole("button", { name: "بردار", exact: true }).waitFor()
    await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
    await page.locator(".delivery h1").waitFor()
    await goHome(page)
  }
  await expect.poll(() => page.locator(".parcel").count()).toBe(22)
})
