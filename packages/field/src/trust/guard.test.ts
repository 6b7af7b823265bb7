import { utf8Bytes, utf8Text } from "@govah/core/bytes"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { type FailingShelf, failingShelf, ShelfFull } from "../testing/failing-shelf.ts"
import { freshSigner, type ReleaseOrigin, releaseOrigin } from "../testing/release-origin.ts"
import { look, lower, otherWorkerFound, take } from "./guard.ts"
import type { GuardPorts } from "./ports.ts"

const ONE = { "index.html": "page one", "assets/a-1.js": "script one", "assets/same.js": "never changes" }
const TWO = { "index.html": "page two", "assets/a-2.js": "script two", "assets/same.js": "never changes" }

interface World extends GuardPorts {
  readonly origin: ReleaseOrigin
  readonly shelf: FailingShelf
  /** The same world with the shelf as it is found later. */
  later(failAt?: number): World
}

function worldOf(origin: ReleaseOrigin, shelf: FailingShelf): World {
  return {
    origin,
    shelf,
    keys: origin.keys,
    primitives: p,
    later: (failAt = 0) => worldOf(origin, shelf.again(failAt)),
  }
}

async function installedWorld(): Promise<World> {
  const origin = await releaseOrigin(p)
  await origin.release(1, ONE)
  const world = worldOf(origin, failingShelf(0))
  expect((await look(world)).installed?.version).toBe(1)
  return world
}

function page(world: World): string | null {
  const bytes = world.shelf.served("index.html")
  return bytes === null ? null : utf8Text(bytes)
}

test("the first look installs; a newer release is fetched whole, waits to be agreed to, and then runs", async () => {
  const world = await installedWorld()
  expect(page(world)).toBe("page one")
  await world.origin.release(2, TWO)
  world.origin.asked.length = 0
  const looked = await look(world)
  expect(looked).toMatchObject({ installed: { version: 1 }, ready: { version: 2 }, alarm: null })
  expect(page(world)).toBe("page one")
  // What did not change is not fetched again.
  expect(world.origin.asked).not.toContain("assets/same.js")
  // And once it is here, it is not fetched at all.
  expect((await look(world)).ready?.version).toBe(2)
  expect(world.origin.asked.filter((path) => path === "assets/a-2.js")).toHaveLength(1)
  expect(await take(2, world)).toBe(true)
  expect(page(world)).toBe("page two")
  expect((await look(world)).installed?.version).toBe(2)
})

test("nothing that an origin serves but a newer signed and logged release changes anything, and it is shown", async () => {
  const stranger = await freshSigner("test.example/release", p)
  const attacks: readonly (readonly [string, (origin: ReleaseOrigin) => Promise<void> | void])[] = [
    ["update-refused", (origin) => origin.release(2, TWO, { signer: stranger })],
    [
      "update-refused",
      (origin) => void origin.files.set("release/release.txt", utf8Bytes("<!doctype html>")),
    ],
    ["log-split", (origin) => origin.release(2, TWO, { forked: true })],
    ["served-changed", (origin) => void origin.files.set("index.html", utf8Bytes("page of others"))],
    ["worker-changed", (origin) => void origin.files.set("sw.js", utf8Bytes("another worker"))],
    [
      "update-refused",
      async (origin) => {
        await origin.release(2, TWO)
        origin.files.set("assets/a-2.js", utf8Bytes("script 2 w"))
      },
    ],
    [
      "update-refused",
      async (origin) => {
        await origin.release(2, TWO)
        origin.files.set("assets/a-2.js", utf8Bytes("script two and more"))
      },
    ],
    [
      "log-split",
      async (origin) => {
        await origin.release(2, TWO)
        origin.files.set("release/log/tile/0/000.p/2", new Uint8Array(64))
      },
    ],
  ]
  for (const [alarm, attack] of attacks) {
    const world = await installedWorld()
    await attack(world.origin)
    const looked = await look(world)
    expect(looked.alarm).toBe(alarm)
    expect(page(world)).toBe("page one")
    expect(await take(2, world)).toBe(false)
    // It survives, also where the origin is good again, until somebody lowers it.
    const later = world.later()
    await later.origin.release(3, TWO, { forked: false })
    expect((await look(later)).alarm).toBe(alarm)
    expect(page(later)).toBe("page one")
  }
})

test("an older release, one of the same number, and one older than what waits are refused", async () => {
  for (const installed of [2, 5]) {
    const origin = await releaseOrigin(p)
    await origin.release(2, ONE)
    const old = new Map(origin.files)
    await origin.release(5, TWO)
    const world = worldOf(origin, failingShelf(0))
    if (installed === 2) {
      const now = new Map(origin.files)
      for (const [path, bytes] of old) origin.files.set(path, bytes)
      await look(world)
      for (const [path, bytes] of now) origin.files.set(path, bytes)
      expect((await look(world)).ready?.version).toBe(5)
    } else expect((await look(world)).installed?.version).toBe(5)
    for (const [path, bytes] of old) origin.files.set(path, bytes)
    expect((await look(world)).alarm).toBe("older-offered")
    await lower(world)
    await origin.release(5, ONE)
    expect((await look(world)).alarm).toBe("older-offered")
  }
})

test("a person who asks has every file compared; a server that is being given a new release is no alarm", async () => {
  const world = await installedWorld()
  world.origin.files.set("assets/a-1.js", utf8Bytes("script of others"))
  expect((await look(world)).alarm).toBe(null)
  expect((await look(world, true)).alarm).toBe("served-changed")
  expect(page(world)).toBe("page one")

  const given = await installedWorld()
  const before = given.origin.files.get("index.html") as Uint8Array
  await given.origin.release(2, { ...TWO, "index.html": "page two, which is longer" })
  const after = given.origin.files.get("index.html") as Uint8Array
  given.origin.files.set("index.html", before)
  expect(await look(given, true)).toMatchObject({ alarm: null, ready: null, installed: { version: 1 } })
  given.origin.files.set("index.html", after)
  expect(await look(given, true)).toMatchObject({ alarm: null, ready: { version: 2 } })
})

test("no answer is no alarm: nothing, a part, and a cut one leave all as it was, and the rest comes later", async () => {
  const world = await installedWorld()
  await world.origin.release(2, TWO)
  const all = new Map(world.origin.files)
  for (const missing of ["assets/a-2.js", "release/release.txt", "release/log/tile/0/000.p/2", "sw.js"]) {
    world.origin.files.delete(missing)
    const looked = await look(world)
    expect(looked.alarm).toBe(null)
    expect(looked.installed?.version).toBe(1)
    for (const [path, bytes] of all) world.origin.files.set(path, bytes)
  }
  expect((await look(world)).ready?.version).toBe(2)
})

test("killed or full at any call, in an update, an installation or an agreement: the old app or the new one, whole", async () => {
  const isWhole = (world: World, app: Readonly<Record<string, string>>): boolean =>
    Object.entries(app).every(([path, text]) => {
      const bytes = world.shelf.served(path)
      return bytes !== null && utf8Text(bytes) === text
    })
  let failed = true
  for (let n = 1; failed; n++) {
    const first = await releaseOrigin(p)
    await first.release(1, ONE)
    const fresh = worldOf(first, failingShelf(n))
    failed = await fails(() => look(fresh))
    if (failed) expect(page(fresh)).toBe(null)
    const installed = fresh.later()
    await look(installed)
    expect(isWhole(installed, ONE)).toBe(true)
    await first.release(2, TWO)
    const cut = installed.later(n)
    const wasCut = await fails(async () => {
      await look(cut)
      await take(2, cut)
    })
    failed ||= wasCut
    expect(isWhole(cut, ONE) || isWhole(cut, TWO)).toBe(true)
    if (wasCut) expect(page(cut)).toBe("page one")
    const after = cut.later()
    expect((await look(after)).alarm).toBe(null)
    await take(2, after)
    expect(isWhole(after, TWO)).toBe(true)
    await first.release(3, ONE)
    const third = after.later(n)
    failed =
      (await fails(async () => {
        await look(third)
        await take(3, third)
        await look(third)
      })) || failed
    expect(isWhole(third, ONE) || isWhole(third, TWO)).toBe(true)
  }
})

test("another worker in the browser is an alarm, unless a newer release names it", async () => {
  const world = await installedWorld()
  expect(await otherWorkerFound(world)).toBe("worker-changed")
  await lower(world)
  await world.origin.release(2, TWO, { worker: "a better worker" })
  expect(await otherWorkerFound(world)).toBe(null)
  expect((await look(world)).ready?.version).toBe(2)
  world.origin.files.set("sw.js", utf8Bytes("the worker of somebody else"))
  expect(await otherWorkerFound(world)).toBe("worker-changed")
  expect((await look(world)).alarm).toBe("worker-changed")
})

async function fails(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return false
  } catch (error) {
    if (error instanceof ShelfFull) return true
    throw error
  }
}
