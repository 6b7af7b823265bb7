import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { type BrowserTree, makeBrowserTree } from "./leak/browser-tree.ts"
import { startFirefox } from "./leak/firefox.ts"
import type { Hands } from "./leak/hands.ts"
import { ALARM, INVITATION } from "./release-hands.ts"
import { buildPage, makeReleaser, turningHost } from "./release-support.ts"

/** A start from the cold: another process, with the same profile. */
async function coldStart<T>(tree: BrowserTree, url: string, look: (page: Hands) => Promise<T>): Promise<T> {
  const firefox = await startFirefox(tree)
  try {
    const page = await firefox.open()
    await page.goto(url)
    const seen = await look(page)
    await firefox.close()
    return seen
  } finally {
    await firefox.kill()
  }
}

const MARK = `document.querySelector("meta[name=mark]").content`

test("installed in Firefox it opens without a network, takes a signed release when it is told to, and refuses another", async () => {
  const releaser = await makeReleaser(join(await freshFolder(), "ours"))
  await buildPage(releaser)
  const host = await turningHost(join(await releaser.release(1), "site"))
  const tree = await makeBrowserTree()
  onTestFinished(() => tree.remove())
  await coldStart(tree, host.url, async (page) => {
    await page.see(INVITATION)
    await page.evaluate(`new Promise((resolve) => {
      const look = () => navigator.serviceWorker.controller === null ? setTimeout(look, 50) : resolve(true)
      look()
    })`)
  })

  host.isDown = true
  await coldStart(tree, host.url, async (page) => {
    await page.see(INVITATION)
    expect(await page.evaluate(MARK)).toBe("1")
  })

  host.isDown = false
  host.folder = join(await releaser.release(10), "site")
  await coldStart(tree, host.url, async (page) => {
    expect(await page.evaluate(MARK)).toBe("1")
    await page.press("از بار بعد همین را باز کن")
    await page.see("بار بعد که برنامه را باز کنید")
  })
  host.isDown = true
  await coldStart(tree, host.url, async (page) => {
    await page.see(INVITATION)
    expect(await page.evaluate(MARK)).toBe("10")
  })

  host.isDown = false
  host.altered.set(
    "/sw.js",
    `addEventListener("install", () => skipWaiting())
    addEventListener("activate", (event) => event.waitUntil(clients.claim()))
    addEventListener("fetch", (event) => event.respondWith(new Response('<meta name="mark" content="evil">', { headers: { "Content-Type": "text/html" } })))`,
  )
  for (let starts = 0; starts < 2; starts++) {
    await coldStart(tree, host.url, async (page) => {
      await page.see(ALARM)
      expect(await page.evaluate(MARK)).toBe("10")
    })
  }
})
