import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { deskWithRelay, opened, photoPath, pulledReports, sealedBytes } from "./field-report-support.ts"
import { startRelay } from "./field-support.ts"
import { alteredSite } from "./leak/altered-site.ts"
import { makeBrowserTree } from "./leak/browser-tree.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { allSentByHand, filmByHand, joinByHand, reachHomeByHand, tellByHand } from "./leak/field-visit.ts"
import { startFirefox } from "./leak/firefox.ts"
import { NOTE_FILM, notedFilm } from "./leak/noted-film.ts"

let site: FieldServer
beforeAll(async () => {
  site = await buildFieldSite("firefox")
})
afterAll(() => site?.close())

test("Firefox, killed in mid-film: what was kept arrives bit for bit, and the film but for its last slice", async () => {
  const { desk, relay, invitation, home } = await deskWithRelay()
  const address = await alteredSite(site.url, NOTE_FILM)
  const tree = await makeBrowserTree()
  onTestFinished(() => tree.remove())
  // Nothing can leave the phone before it is killed.
  await relay.close()
  const first = await startFirefox(tree)
  onTestFinished(() => first.kill())
  const page = await first.open()
  const passphrase = await joinByHand(page, address, invitation)
  await tellByHand(page, { words: "whole", file: photoPath, take: "video" })
  await page.press("مُهر کن و نگه دار")
  await page.see("داده‌های مرورگر را پاک نکنید")
  const film = Buffer.concat(await notedFilm(page))
  await page.press("برگشت")
  await filmByHand(page, "cut")
  const sealed = sealedBytes(
    String(await page.evaluate(`document.querySelector("[role=timer]").textContent`)),
  )
  const noted = Buffer.concat(await notedFilm(page))
  await first.kill()

  await startRelay(join(home, "relay.sqlite"), relay.port)
  const second = await startFirefox(tree)
  onTestFinished(() => second.kill())
  const again = await second.open()
  await reachHomeByHand(again, address, passphrase)
  await again.see("ضبطی نیمه‌کاره مانده بود")
  await allSentByHand(again)
  const views = await pulledReports(desk, 2)
  const whole = views.find(({ report }) => report?.text === "whole")
  const cut = views.find(({ report }) => report?.text === "cut")
  expect(whole?.attachments.map(({ type }) => type)).toEqual(["video/webm", "image/jpeg"])
  expect((await opened(desk, whole as never, 0)).equals(film)).toBe(true)
  expect((await opened(desk, whole as never, 1)).equals(await readFile(photoPath))).toBe(true)
  expect(cut?.recording).toBe("cut")
  const arrived = await opened(desk, cut as never, 0)
  expect(sealed.atLeast).toBeGreaterThan(1_000)
  expect(arrived.length).toBeGreaterThanOrEqual(sealed.atLeast)
  const both = Math.min(arrived.length, noted.length)
  expect(arrived.subarray(0, both).equals(noted.subarray(0, both))).toBe(true)
  await second.close()
})
