import { execFileSync } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk } from "./field-page-hands.ts"
import { releaseStage, start } from "./release-hands.ts"
import { LOOKS, lookAt, plainDesk } from "./screens/look.ts"

const stage = releaseStage()
let folder = ""
let next = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-editions-"))
  const script = join(import.meta.dirname, "../packages/field/build-file.ts")
  execFileSync(process.execPath, [script, join(folder, "notes.html")])
  next = await stage().releaser.release(2)
})
afterAll(async () => {
  if (folder !== "") await rm(folder, { recursive: true, force: true })
})

test.for(LOOKS)(
  "an update is offered and taken, and a copy checked, open to everybody: $tongue, $scheme, $width wide",
  async (look) => {
    const { context, host } = await stage().installed()
    host.folder = join(next, "site")
    const page = await start(context, host)
    const see = await lookAt(page, look)
    const update = page.locator(".update .second:not(:disabled)")
    await update.waitFor()
    await see("update offered")
    await update.click()
    await page.locator("output.update").waitFor()
    await see("update taken")
    await joinDesk(page, await (await plainDesk(look.tongue)).invite(), look.tongue)
    await page.locator(".top .icon-button").last().click()
    const program = page.locator(".setting", { has: page.locator("h2") })
    await program.locator("summary").click()
    await program.locator(".row").first().locator("button").nth(1).click()
    await program.locator(".six").waitFor()
    const choosing = page.waitForEvent("filechooser")
    await program.locator(".row").nth(1).locator("button").first().click()
    await (await choosing).setFiles({ name: "1.html", mimeType: "text/html", buffer: Buffer.from("no") })
    await program.locator("output:not(:empty)").nth(1).waitFor()
    await see("this program and a friend's")
  },
)

test.for(LOOKS)(
  "the program in one file, with what it keeps, is open to everybody: $tongue, $scheme, $width wide",
  async (look) => {
    const page = await (await stage().visitor()).newPage()
    await page.goto(pathToFileURL(join(folder, "notes.html")).href)
    const see = await lookAt(page, look)
    await page.locator(".update").waitFor()
    await see("one file that is empty")
    const choosing = page.waitForEvent("filechooser")
    await page.locator(".update .row button").nth(1).click()
    await (await choosing).setFiles({ name: "1.box", mimeType: "", buffer: Buffer.alloc(100, 7) })
    await page.locator(".update output:not(:empty)").waitFor()
    await see("one file and no box")
    await joinDesk(page, await (await plainDesk(look.tongue)).invite(), look.tongue)
    await beginWords(page, look.tongue)
    await page.locator("#words").fill("۱")
    await page.locator("button.keep").click()
    await page.locator(".delivery h1").waitFor()
    await goHome(page, look.tongue)
    await see("one file that is not saved")
    expect(await page.locator(".update .row button").count()).toBe(1)
  },
)
