import { copyFile, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, passphraseOf } from "./field-page-hands.ts"
import {
  deskWithRelay,
  everythingOf,
  keep,
  kept,
  opened,
  photoPath,
  played,
  pulledReports,
  storedNames,
} from "./field-report-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { startKilledBrowser } from "./killed-browser.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

function latinDigits(text: string): string {
  return text.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
}

/** Records until more than so many seconds are sealed. */
async function record(page: Page, kind: "video" | "sound", seconds: number): Promise<void> {
  await page.getByRole("button", { name: kind === "video" ? "شروع فیلم" : "شروع ضبط صدا" }).click()
  await expect
    .poll(() => page.getByRole("timer").textContent())
    .toMatch(new RegExp(`[${"۰۱۲۳۴۵۶۷۸۹".slice(seconds)}] ·`))
}

test("a video and then a sound, recorded in the page, arrive and play, each a report of its own", async () => {
  const { desk, invitation, home } = await deskWithRelay()
  const { page, complaints } = await visit(site)
  await joinDesk(page, invitation)
  await page.getByRole("button", { name: "فیلم", exact: true }).click()
  await record(page, "video", 2)
  expect(await storedNames(page)).toContain("recording-")
  // At home it is plain that it goes on; one tap ends it, and what was recorded stays.
  await goHome(page)
  await page.locator(".on-air").getByText("فیلم گرفته می‌شود").waitFor()
  await page.getByRole("button", { name: "بس است", exact: true }).click()
  await page.locator(".on-air").waitFor({ state: "detached" })
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await page.getByText("مُهر شد").waitFor()
  // One recording a report: the page offers no second one.
  expect(await page.getByRole("button", { name: "صدا ضبط کنید" }).count()).toBe(0)
  await page.getByLabel("به زبان خودتان").fill("فیلم")
  const named = join(home, "zq-name-of-a-person-7139.jpg")
  await copyFile(photoPath, named)
  await page.locator("input[type=file]").setInputFiles(named)
  await page.getByText("در صدا: صدای خودتان").waitFor()
  await keep(page)
  await kept(page)
  await goHome(page)

  await page.getByRole("button", { name: "صدا", exact: true }).click()
  // Also before it records, and there is a way back to it.
  await goHome(page)
  await page.getByText("میکروفون روشن است").waitFor()
  await page.getByRole("button", { name: "برگردید به آن" }).click()
  await record(page, "sound", 1)
  // The page's own button ends it and keeps it.
  await page.getByRole("button", { name: "بس است؛ مُهر کن و نگه دار" }).click()
  await kept(page)

  const views = await pulledReports(desk, 2)
  const film = views.find((view) => view.report?.text === "فیلم")
  const sound = views.find((view) => view.report?.text === "")
  expect(film?.attachments.map(({ type }) => type)).toEqual(["video/webm", "image/jpeg"])
  expect(sound?.attachments.map(({ type }) => type)).toEqual(["audio/webm"])
  expect([film?.recording, sound?.recording]).toEqual([null, null])
  const player = await (await site.browser.newContext()).newPage()
  const video = await played(player, await opened(desk, film as never, 0), "video/webm")
  expect(video.width).toBeGreaterThan(0)
  expect(video.seconds).toBeGreaterThan(1)
  expect((await played(player, await opened(desk, sound as never, 0), "audio/webm")).seconds).toBeGreaterThan(
    0.5,
  )
  await player.context().close()
  expect((await opened(desk, film as never, 1)).equals(await readFile(photoPath))).toBe(true)
  // Nothing that the desk opens says what the file was called; what was typed is found by the same search.
  const everything = await everythingOf(desk, film as never)
  expect(everything.includes("7139")).toBe(false)
  expect(everything.includes("فیلم")).toBe(true)
  expect(await storedNames(page)).not.toContain("recording-")
  expect(complaints).toEqual([])
})

test("a browser killed in mid-recording: the next start tells of it, and all but the last second arrives and plays", async () => {
  const { desk, invitation, home } = await deskWithRelay()
  const profile = join(home, "profile")
  const first = await startKilledBrowser(profile)
  await first.page.goto(site.url)
  await joinDesk(first.page, invitation)
  await beginWords(first.page)
  await first.page.getByLabel("به زبان خودتان").fill("پیش از قطع")
  await first.page.getByRole("button", { name: "فیلم بگیرید" }).click()
  await record(first.page, "video", 3)
  const passphrase = passphraseOf(first.page)
  // What the page says is sealed, in kilobytes.
  const said = latinDigits((await first.page.getByRole("timer").textContent()) ?? "")
  const kilobytes = Number((/· ([\d٫]+) کیلوبایت/.exec(said)?.[1] ?? "").replace("٫", "."))
  expect(kilobytes).toBeGreaterThan(1)
  await first.kill()

  const second = await startKilledBrowser(profile)
  await second.page.goto(site.url)
  await second.page.getByLabel("رمز، چهار واژه", { exact: true }).fill(passphrase)
  await second.page.getByRole("button", { name: "باز کن", exact: true }).click()
  await second.page.getByText("ضبطی نیمه‌کاره مانده بود").waitFor()
  const [view] = await pulledReports(desk, 1)
  expect(view).toMatchObject({ recording: "cut", report: { text: "پیش از قطع" } })
  const video = await opened(desk, view as never, 0)
  const player = await (await site.browser.newContext()).newPage()
  expect(video.length).toBeGreaterThan((kilobytes - 0.51) * 1_000)
  expect((await played(player, video, "video/webm")).seconds).toBeGreaterThan(0.5)
  await player.context().close()
  await second.kill()
})

test("a recording that is discarded, or whose report is thrown away, leaves nothing", async () => {
  const { invitation } = await deskWithRelay()
  const { page } = await visit(site)
  await joinDesk(page, invitation)
  for (const way of ["discard", "drop"] as const) {
    await page.getByRole("button", { name: "صدا", exact: true }).click()
    await record(page, "sound", 1)
    await page.getByRole("button", { name: "بس است", exact: true }).click()
    await page.getByText("مُهر شد").waitFor()
    expect(await storedNames(page)).toContain("recording-")
    if (way === "discard") {
      await page.getByRole("button", { name: "این ضبط را دور بریز" }).click()
      await page.getByRole("button", { name: "برای همیشه دور بریز" }).click()
      await page.getByText("مُهر شد").waitFor({ state: "detached" })
      await goHome(page)
    } else {
      await goHome(page)
      await page.getByRole("button", { name: "دورش بریزید" }).click()
      await page.getByRole("button", { name: "بله، دور بریز" }).click()
    }
    await expect.poll(() => storedNames(page)).not.toMatch(/recording-|cells-/)
  }
})
