import { join } from "node:path"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { ALARM, INVITATION, mark, releaseStage, start, takeUpdate } from "./release-hands.ts"

const stage = releaseStage()

test("once installed it opens without a network, from the cold, with no request but its own looks", async () => {
  const { context, host } = await stage().installed()
  host.isDown = true
  host.asked.length = 0
  const page = await start(context, host)
  await page.getByRole("button", { name: INVITATION }).waitFor()
  expect(await mark(page)).toBe("1")
  // Down is no alarm.
  await expect.poll(() => host.asked).toContain("/release/release.txt")
  expect(host.asked.filter((path) => path.startsWith("/assets/"))).toEqual([])
  await expect.poll(() => page.getByText(ALARM).isVisible()).toBe(false)
})

test("a newer signed release is offered, changes nothing until it is taken, and runs at the next start", async () => {
  const { context, host } = await stage().installed()
  const next = await stage().releaser.release(10)
  host.folder = join(next, "site")
  const page = await start(context, host)
  expect(await mark(page)).toBe("1")
  expect(await mark(await start(context, host))).toBe("1")
  await takeUpdate(context.pages()[0] as Page)
  host.isDown = true
  const after = await start(context, host)
  await after.getByRole("button", { name: INVITATION }).waitFor()
  expect(await mark(after)).toBe("10")
})

test("another sw.js is shown before the browser takes it", async () => {
  const { context, host } = await stage().installed()
  const evilWorker = `addEventListener("install", () => skipWaiting())
    addEventListener("activate", (event) => event.waitUntil(clients.claim()))
    addEventListener("fetch", (event) => event.respondWith(new Response('<meta name="mark" content="evil">', { headers: { "Content-Type": "text/html" } })))`
  host.altered.set("/sw.js", evilWorker)
  for (let starts = 0; starts < 3; starts++) {
    const page = await start(context, host)
    await page.getByText(ALARM).waitFor()
    expect(await mark(page)).toBe("1")
  }
})
