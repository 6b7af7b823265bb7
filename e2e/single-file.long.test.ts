import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { beginWords, joinDesk, passphraseOf } from "./field-page-hands.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { sharedBrowser } from "./page-browser.ts"

const words = "نشانِ ۷۱۳۹: تیراندازی نزدیک مرز"

test("the one file, from a disk: join, keep, send, save the box, open it again", async () => {
  const folder = await freshFolder()
  const file = join(folder, "notes.html")
  execFileSync(process.execPath, [join(import.meta.dirname, "../packages/field/build-file.ts"), file])
  const browser = await sharedBrowser()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const complaints: string[] = []
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  context.setDefaultTimeout(60_000)
  const open = async (): Promise<Page> => {
    const page = await context.newPage()
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text())
    })
    await page.goto(pathToFileURL(file).href)
    return page
  }
  const page = await open()
  await page.getByText("خودش چیزی نگه نمی‌دارد").waitFor()
  await joinDesk(page, await desk.invite())
  await page.getByText("صندوقتان ذخیره نشده است").waitFor()
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(words)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  expect((await desk.pull(relay)).map((one) => one.report.text)).toEqual([words])

  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "صندوق را ذخیره کن" }).click(),
  ])
  const box = join(folder, saved.suggestedFilename())
  await saved.saveAs(box)
  const passphrase = passphraseOf(page)
  await page.close()

  const again = await open()
  const [chooser] = await Promise.all([
    again.waitForEvent("filechooser"),
    again.getByRole("button", { name: "صندوق ذخیره‌شده را باز کن" }).click(),
  ])
  await chooser.setFiles(box)
  await again.getByLabel("رمز، چهار واژه").fill(passphrase)
  await again.getByRole("button", { name: "باز کن", exact: true }).click()
  await again.getByText("از گوشی بیرون رفته").waitFor()
  expect(complaints).toEqual([])
  // What the file names by its hash runs; whatever else finds its way into the page does not.
  expect(
    await again.evaluate(() => {
      const script = document.createElement("script")
      script.textContent = "document.documentElement.dataset['evil'] = '1'"
      document.head.append(script)
      return document.documentElement.dataset["evil"] ?? null
    }),
  ).toBe(null)
})
