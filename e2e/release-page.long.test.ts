import { cp, readFile, readlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type BrowserContext, chromium } from "playwright-core"
import { looksLikeRoot } from "@govah/core/cell"
import { openRoot } from "@govah/core/open"
import { readCarriedFile } from "@govah/core/veil"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { beginWords, joinDesk } from "./field-page-hands.ts"
import { freshFolder, makeDesk } from "./field-support.ts"
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

test("an alarm waits behind a cover; under it what waits comes out sealed, and no code of the host is run for it", async () => {
  const { context, host } = await stage().installed()
  const desk = await makeDesk([])
  const page = await start(context, host)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چند کلمه")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.getByText("پوشش", { exact: true }).click()
  await page.getByRole("radio", { name: "ماشین حساب" }).check()
  await page.locator(".way").first().waitFor()
  // Whatever is fetched from now on is another's, and is noted.
  host.altered.set(
    "/sw.js",
    `addEventListener("install", () => skipWaiting())
    addEventListener("activate", (event) => event.waitUntil(clients.claim()))
    addEventListener("fetch", (event) => event.respondWith(
      fetch("/seen" + new URL(event.request.url).pathname, { cache: "no-store" }).then(() => new Response("evil"))))`,
  )
  const covered = await start(context, host)
  const equals = covered.getByRole("button", { name: "مساوی" })
  await equals.waitFor()
  // A cover that spoke of it would be none. Nothing is asked for under a cover: nobody can type a passphrase there.
  expect(await covered.getByText(ALARM).count()).toBe(0)
  for (let i = 0; i < 5; i++) await equals.click()
  await covered.getByText(ALARM).waitFor()
  expect(await mark(covered)).toBe("1")
  await covered.evaluate(async () => {
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", resolve)
    })
    // As a browser does by itself after a day: past its own store.
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" })
    await taken
  })
  // Control: code that is fetched now is the host's.
  const fetched = await covered.evaluate(async () => await (await fetch("/assets/engine.js")).text())
  expect([fetched, host.asked.includes("/seen/assets/engine.js")]).toEqual(["evil", true])
  host.asked.length = 0
  const [saved] = await Promise.all([
    covered.waitForEvent("download"),
    covered.getByRole("button", { name: "آنچه هنوز نرفته را" }).click(),
  ])
  await covered.getByText("از راهی دیگر به گروه برسانیدش").waitFor()
  expect(host.asked).toEqual([])
  expect(covered.workers().filter((worker) => worker.url().includes("engine"))).toEqual([])
  const bytes = new Uint8Array(await readFile(await saved.path()))
  const roots: Uint8Array[] = []
  async function* carried(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const { kind } = await readCarriedFile(carried(), p, async (cells) => {
    for (const cell of cells) if (looksLikeRoot(cell)) roots.push(cell.slice())
  })
  expect([kind, roots.length]).toEqual(["veiled", 1])
  const root = await openRoot(roots[0] as Uint8Array, [desk.identity], desk.card.key, p)
  expect(JSON.stringify(root?.document)).toContain("چند کلمه")
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
  // The browser looks by itself once a start has been quiet for a second; one that is opened again at once puts it off.
  await page.evaluate(async () => await (await navigator.serviceWorker.ready).update())
  await expect.poll(async () => await mark(await start(context, host))).toBe("evil")
})
