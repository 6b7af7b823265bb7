import { execFileSync } from "node:child_process"
import { appendFile, cp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { joinDesk } from "./field-page-hands.ts"
import { freshFolder, makeDesk } from "./field-support.ts"
import { INVITATION, mark, releaseStage, start, takeUpdate } from "./release-hands.ts"
import { makeReleaser } from "./release-support.ts"

const stage = releaseStage()

/** From the first screen of an installed app to what it says of itself. */
async function openProgram(page: Page): Promise<void> {
  await joinDesk(page, await (await makeDesk([])).invite())
  await page.getByRole("button", { name: "بیشتر", exact: true }).click()
  await page.getByText("این برنامه دست‌نخورده است؟").click()
}

async function judged(page: Page, button: string, path: string): Promise<string> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ])
  await chooser.setFiles(path)
  const verdict = page.locator(".setting[open] output").last()
  await expect.poll(async () => await verdict.textContent()).not.toBe("")
  return (await verdict.textContent()) ?? ""
}

/** Changes one bit of one byte in the middle of a file. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] as number) ^ 1
  await writeFile(path, bytes)
}

const GOOD = /^درست است: نسخه‌ی ۴۰،/
const CHANGED = /^دست‌کاری شده یا خراب است/
const UNKNOWN = /^معلوم نیست/

test("without a network a friend's copy is judged: the true one passes, one changed byte anywhere is named, strangers' is unknown", async () => {
  const folder = await freshFolder()
  const single = join(folder, "notes.html")
  process.env["GOVAH_RELEASE_KEYS"] = join(stage().releaser.folder, "keys.json")
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, "../packages/field/build-file.ts"), single])
  } finally {
    delete process.env["GOVAH_RELEASE_KEYS"]
  }
  const { context, host } = await stage().installed()
  const release = await stage().releaser.release(40, { file: single })
  host.isDown = true
  const page = await start(context, host)
  await openProgram(page)

  expect(await judged(page, "فایل برنامه", join(release, "notes.html"))).toMatch(GOOD)
  const six = await page.locator(".six li bdi:first-child").allTextContents()
  expect(six.length).toBe(6)
  expect(await judged(page, "پوشه‌ی برنامه", join(release, "site"))).toMatch(GOOD)
  expect(await page.locator(".six li bdi:first-child").allTextContents()).toEqual(six)

  const changed = join(folder, "changed.html")
  await cp(join(release, "notes.html"), changed)
  await flip(changed)
  expect(await judged(page, "فایل برنامه", changed)).toMatch(CHANGED)
  // In a folder: a byte of a script, of the page, of the worker; a file too many, one too few.
  const site = join(folder, "site")
  const [script = ""] = (await readdir(join(release, "site/assets"))).filter((name) => name.endsWith(".js"))
  for (const harm of [
    () => flip(join(site, "assets", script)),
    () => flip(join(site, "index.html")),
    () => flip(join(site, "sw.js")),
    () => appendFile(join(site, "assets/more.js"), "1"),
    () => rm(join(site, "assets", script)),
  ]) {
    await rm(site, { recursive: true, force: true })
    await cp(join(release, "site"), site, { recursive: true })
    await harm()
    expect(await judged(page, "پوشه‌ی برنامه", site), String(harm)).toMatch(CHANGED)
  }

  const stranger = await makeReleaser(join(folder, "strangers"))
  await cp(stage().releaser.dist, stranger.dist, { recursive: true })
  const theirs = await stranger.release(40, { file: single })
  expect(await judged(page, "پوشه‌ی برنامه", join(theirs, "site"))).toMatch(UNKNOWN)
  expect(await judged(page, "فایل برنامه", join(theirs, "notes.html"))).toMatch(UNKNOWN)
  expect(await judged(page, "فایل برنامه", single)).toMatch(UNKNOWN)
})

test("with no room for a new release the old one goes on and says so; with room, the new one is offered after all", async () => {
  const { context, host } = await stage().installed()
  const next = await stage().releaser.release(50)
  const page = await start(context, host)
  await page.getByRole("button", { name: INVITATION }).waitFor()
  await openProgram(page)
  await page.getByText("نسخه‌ی ۱ روی این دستگاه است").waitFor()
  const session = await context.newCDPSession(page)
  const { usage } = await session.send("Storage.getUsageAndQuota", { origin: host.url })
  await session.send("Storage.overrideQuotaForOrigin", { origin: host.url, quotaSize: usage + 20_000 })
  host.folder = join(next, "site")
  await page.getByRole("button", { name: "دوباره بررسی کن" }).click()
  await page.getByText("جا برای نسخه‌ی تازه نیست").waitFor()
  expect(host.asked).toContain("/release/release.txt")
  expect(await page.getByText("به این برنامه دیگر اعتماد نکنید").count()).toBe(0)
  // It is what it was, and whole: also for the next start, without a network.
  host.isDown = true
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  expect(await mark(page)).toBe("1")

  host.isDown = false
  await session.send("Storage.overrideQuotaForOrigin", { origin: host.url })
  const after = await start(context, host)
  await takeUpdate(after)
  const later = await start(context, host)
  await later.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  expect(await mark(later)).toBe("50")
})
