import { join } from "node:path"
import { encodeCall } from "@govah/core/bulletin"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, reachHome, unlock } from "./field-page-hands.ts"
import { deskWithRelay, opened, played, pulledReports, storedNames } from "./field-report-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const WORDS = "به زبان خودتان"
const LOCK = "همین حالا قفل کن"
const KEEP = "مُهر کن و نگه دار"

async function film(page: Page, seconds: number): Promise<void> {
  await page.getByRole("button", { name: "فیلم بگیرید" }).click()
  await page.getByRole("button", { name: "شروع فیلم" }).click()
  await expect
    .poll(() => page.getByRole("timer").textContent())
    .toMatch(new RegExp(`[${"۰۱۲۳۴۵۶۷۸۹".slice(seconds)}] ·`))
}

test("locked in mid-film the camera goes out, and what was filmed arrives after the next unlock as a cut film", async () => {
  const { desk, invitation } = await deskWithRelay()
  const { page, context } = await visit(site)
  await page.addInitScript(() => {
    const given: MediaStream[] = []
    Object.assign(globalThis, { given })
    const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices }
    const ask = mediaDevices?.getUserMedia.bind(mediaDevices)
    if (mediaDevices === undefined || ask === undefined) return
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await ask(wish)
      given.push(stream)
      return stream
    }
  })
  await page.reload()
  await joinDesk(page, invitation)
  await beginWords(page)
  await page.getByLabel(WORDS).fill("locked")
  await film(page, 3)
  await page.getByRole("button", { name: LOCK }).click()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  await expect
    .poll(() =>
      page.evaluate(() =>
        (globalThis as unknown as { given: MediaStream[] }).given
          .flatMap((stream) => stream.getTracks())
          .map(({ readyState }) => readyState),
      ),
    )
    .toEqual(["ended", "ended"])
  // Nothing of it is sent while it is locked, and nothing of it is thrown away.
  await desk.pull()
  expect((await desk.list()).length).toBe(0)
  expect(await storedNames(page)).toContain("recording-")
  await unlock(page)
  await page.getByText("ضبطی نیمه‌کاره مانده بود").waitFor()
  const [view] = await pulledReports(desk, 1)
  expect(view).toMatchObject({ recording: "cut", report: { text: "locked" } })
  const player = await (await site.browser.newContext()).newPage()
  const { seconds } = await played(player, await opened(desk, view as never, 0), "video/webm")
  await player.context().close()
  expect(seconds).toBeGreaterThan(1.5)
  expect(await storedNames(page)).not.toContain("recording-")
  await context.close()
})

test("the phone's back button leads home and loses nothing; the browser's own locks, and what was typed is offered again", async () => {
  const { page } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  await beginWords(page)
  const empty = await draftTrace(page)
  await page.getByLabel(WORDS).fill("before the way back")
  await expect.poll(() => draftTrace(page).catch(() => empty)).not.toBe(empty)
  // What a phone's button and gesture ask for, a keyboard asks for by Escape.
  await page.keyboard.press("Escape")
  await reachHome(page)
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  expect(await page.getByLabel(WORDS).inputValue()).toBe("before the way back")
  const before = await draftTrace(page)
  await page.getByLabel(WORDS).fill("typed and left")
  // Saved by itself, sealed.
  await expect.poll(() => draftTrace(page).catch(() => before)).not.toBe(before)
  await page.goBack({ waitUntil: "commit" })
  expect(page.url()).toBe("about:blank")
  await page.goto(`${site.url}/`)
  await unlock(page)
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await expect.poll(() => page.getByLabel(WORDS).inputValue()).toBe("typed and left")
})

/** A number that changes with what lies in the draft's file; refused while it is written. */
async function draftTrace(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const bytes = await (await (await folder.getFileHandle("draft")).getFile()).arrayBuffer()
    return new Uint8Array(bytes).reduce((sum, byte, i) => (sum * 31 + byte + i) % 1_000_003, 7)
  })
}

test("who leaves with a photo that is nowhere else, or in mid-film, is asked; with words, which are saved, nobody is", async () => {
  const { page } = await visit(site)
  const asked: string[] = []
  page.on("dialog", (dialog) => {
    asked.push(dialog.type())
    // Stays.
    void dialog.dismiss()
  })
  await joinDesk(page, await (await makeDesk([])).invite())
  await beginWords(page)
  await page.getByRole("button", { name: "عکس بگیرید" }).click()
  await page.waitForFunction(() => (document.querySelector("video")?.videoWidth ?? 0) > 0)
  await page.getByRole("button", { name: "بگیر", exact: true }).click()
  await page.getByText("۱ عکس گرفته شد").waitFor()
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked).toEqual(["beforeunload"])
  // It stands there as it stood, from home too.
  await goHome(page)
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked.length).toBe(2)
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await page.getByRole("button", { name: KEEP }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await page.reload()
  await unlock(page)
  await beginWords(page)
  await film(page, 1)
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked.length).toBe(3)
  await page.getByRole("button", { name: "بس است", exact: true }).click()
  await page.getByText("مُهر شد").waitFor()
  // Also what is locked away, or wiped, holds nobody.
  await page.getByRole("button", { name: LOCK }).click()
  await page.reload()
  await unlock(page)
  await reachHome(page)
  await beginWords(page)
  await page.getByLabel(WORDS).fill("words alone")
  await page.reload()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  expect(asked.length).toBe(3)
})

test("what was done for a call that was heard is reported under its campaign, with the kind that it asks for", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page } = await visit(site)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByText("کاری برای فراخوانی کردید؟").click()
  await page.getByLabel("چه بود؟").selectOption("poster")
  await page.getByText("هنوز فراخوانی به این گوشی نرسیده است").waitFor()
  await goHome(page)
  const call = (campaign: string, title: string, action: "vigil" | "banner"): Uint8Array =>
    encodeCall({
      call: {
        v: 1,
        language: "fa",
        title,
        words: "ساعت هشت شب.",
        campaign,
        action,
        from: "2026-03-01",
        to: null,
        places: [],
        material: null,
      },
      material: new Uint8Array(0),
    })
  await desk.publish(relay, 1, [], null, {
    calls: [call("Lights", "چراغی پشت پنجره", "vigil"), call("Bridges", "پارچه بر پل", "banner")],
  })
  await page.getByRole("button", { name: "رسید آمده؟" }).click()
  await page.locator(".said .question", { hasText: "چراغی پشت پنجره" }).waitFor()
  await page.getByRole("button", { name: "ادامه بدهید" }).click()
  await page.getByLabel("برای کدام فراخوان؟").selectOption({ label: "پارچه بر پل" })
  expect(await page.getByLabel("چه بود؟").inputValue()).toBe("banner")
  await page.getByLabel("برای کدام فراخوان؟").selectOption({ label: "چراغی پشت پنجره" })
  await page.getByLabel(WORDS).fill("we were there")
  await page.getByRole("button", { name: KEEP }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  const [report] = await desk.pull(relay)
  expect(report?.report).toMatchObject({
    type: "action",
    text: "we were there",
    action: { kind: "vigil", campaign: "Lights" },
  })
})
