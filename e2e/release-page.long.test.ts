import { cp, readFile, readlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type BrowserContext, chromium } from "playwright-core"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { ARGS } from "./page-browser.ts"
import { ALARM, install, INVITATION, mark, releaseStage, start, takeUpdate } from "./release-hands.ts"
import { makeReleaser, type TurningHost, turningHost } from "./release-support.ts"

const stage = releaseStage()

test("altered pages and scripts, old, unsigned, unlogged and split releases are refused and shown, and stay shown", async () => {
  const stranger = await makeReleaser(join(stage().folder, "strangers"))
  await cp(stage().releaser.dist, stranger.dist, { recursive: true })
  const unsigned = await stranger.release(7)
  const { context: younger, host: second } = await stage().installed()
  const two = await stage().releaser.release(2)
  const split = await stage().releaser.release(3, { log: join(stage().folder, "other-log") })
  const unlogged = join(stage().folder, "unlogged")
  await cp(two, unlogged, { recursive: true })
  const ours = await readFile(join(two, "site/release/release.txt"), "utf8")
  const theirs = await readFile(join(stage().one, "site/release/release.txt"), "utf8")
  const proofAt = (text: string): number => text.indexOf("c2sp.org/")
  await writeFile(
    join(unlogged, "site/release/release.txt"),
    ours.slice(0, proofAt(ours)) + theirs.slice(proofAt(theirs)),
  )
  const evil = '<!doctype html><meta name="mark" content="evil">'
  for (const [words, turn] of [
    ["با نسخه‌ی امضاشده جور نیست", (host: TurningHost) => void host.altered.set("/index.html", evil)],
    ["یا درست امضا نشده", (host: TurningHost) => void (host.folder = join(unsigned, "site"))],
    ["یا درست امضا نشده", (host: TurningHost) => void (host.folder = join(unlogged, "site"))],
    ["فهرست عمومی نسخه‌ها", (host: TurningHost) => void (host.folder = join(split, "site"))],
  ] as const) {
    const { context, host } = await stage().installed()
    turn(host)
    const page = await start(context, host)
    await page.getByText(ALARM).waitFor()
    await page.getByText(words).waitFor()
    expect(await page.getByRole("button", { name: INVITATION }).count()).toBe(0)
    // Also where the host is good again, or gone.
    host.isDown = true
    const later = await start(context, host)
    await later.getByText(ALARM).waitFor()
    expect(await mark(later)).toBe("1")
    await context.close()
  }
  // An older one, offered to an app that has a newer one.
  second.folder = join(two, "site")
  const page = await start(younger, second)
  await page.getByText(ALARM).waitFor({ state: "detached" })
  await takeUpdate(page)
  expect(await mark(await start(younger, second))).toBe("2")
  second.folder = join(stage().one, "site")
  const after = await start(younger, second)
  await after.getByText("با شماره‌ی کهنه").waitFor()
  expect(await mark(after)).toBe("2")
})

test("a browser that is killed in the middle of an update opens the old app, whole", async () => {
  const host = await turningHost(join(stage().one, "site"))
  const profile = await freshFolder()
  const open = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      executablePath: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [...ARGS],
    })
  const first = await open()
  onTestFinished(() => first.close())
  await install(first, host)
  await first.close()
  const next = await stage().releaser.release(20)
  host.folder = join(next, "site")
  // It never comes.
  host.held.add("/assets/mark-20.js")
  const killed = await open()
  await start(killed, host)
  await expect.poll(() => host.asked).toContain("/assets/mark-20.js")
  // The browser's own note of who uses its profile names its process.
  const [pid] = /\d+$/.exec(await readlink(join(profile, "SingletonLock"))) ?? []
  process.kill(Number(pid), "SIGKILL")
  await killed.close().catch(() => undefined)
  host.isDown = true
  const third = await open()
  onTestFinished(() => third.close())
  const page = await start(third, host)
  await page.getByRole("button", { name: INVITATION }).waitFor()
  expect(await mark(page)).toBe("1")
})

test("positive control: an app with a usual cache-first worker runs the altered page", async () => {
  const naive = await freshFolder()
  await writeFile(
    join(naive, "index.html"),
    `<!doctype html><meta name="mark" content="naive"><script type="module">navigator.serviceWorker.register("/sw.js")</script>`,
  )
  const worker = (version: number): string => `const CACHE = "app-${version}"
    addEventListener("install", (event) => { skipWaiting(); event.waitUntil(caches.open(CACHE).then((cache) => cache.add("/"))) })
    addEventListener("activate", (event) => event.waitUntil(clients.claim()))
    addEventListener("fetch", (event) => event.respondWith(caches.open(CACHE).then((cache) => cache.match(event.request)).then((found) => found ?? fetch(event.request))))`
  await writeFile(join(naive, "sw.js"), worker(1))
  const host = await turningHost(naive, "no-cache")
  const context = await stage().visitor()
  const page = await start(context, host)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  host.altered.set("/index.html", '<!doctype html><meta name="mark" content="evil">')
  host.altered.set("/sw.js", worker(2))
  await expect.poll(async () => await mark(await start(context, host))).toBe("evil")
})
