import { randomBytes } from "node:crypto"
import { readdir, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { DeskWays } from "@govah/desk"
import { createCheapDesk } from "@govah/desk/testing"
import { type FieldHome, openHome, type Road, RoadError } from "@govah/field"
import { check, createFieldHome, enrol, unlockFolder, sendAll, tell, type Ways } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { admit, type Relay } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { DEPS, inviteSender, PASSPHRASE, post } from "./desk-support.ts"
import { freshFolder, makeDesk, startRelay, type TestDesk } from "./field-support.ts"
import { govah } from "./govah-process.ts"
import { startProxy, startTripwire, watchLookups } from "./socks-support.ts"

const ONION = `${"a".repeat(55)}d.onion`

const through = (port: number, socksForAll = false): Ways & DeskWays => ({
  socks: { host: "127.0.0.1", port },
  socksForAll,
})

interface World {
  readonly folder: string
  readonly relay: Relay
  readonly desk: TestDesk
  readonly unit: string
}

/** A relay, and an enrolled unit whose card names it by `url`, with a photo of 1.3 MB kept. */
async function world(url: (relay: Relay) => string): Promise<World> {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([url(relay)])
  const unit = join(folder, "unit")
  const home = await createFieldHome(unit)
  await enrol(home, await desk.invite())
  const photo = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(1_300_000)])
  await writeFile(join(folder, "photo.jpg"), photo)
  await tell(home, { text: "by onion" }, [{ path: join(folder, "photo.jpg") }])
  return { folder, relay, desk, unit }
}

/** How many cells of the one kept parcel are at a relay, and how many there are. */
async function standing(
  home: FieldHome,
): Promise<{ sent: number; cells: number; state: string | undefined }> {
  const [parcel] = await home.outbox.list()
  const sent = Math.max(0, ...(parcel?.acknowledged.values() ?? []))
  return { sent, cells: parcel?.cells ?? 0, state: parcel?.state }
}

test("an onion relay is reached by the proxy alone, which looks up the name; each bundle has a circuit of its own", async () => {
  const { relay, desk, unit } = await world(() => `http://${ONION}`)
  const proxy = await startProxy((host) => (host === ONION ? relay.port : null))
  const lookups = watchLookups()
  const home = await createFieldHome(unit, through(proxy.port))
  expect(await sendAll(home)).toMatchObject([{ error: null, left: 0 }])
  const [report] = await desk.pull(relay)
  expect(report?.report.text).toBe("by onion")
  const { cells } = await standing(home)
  // 8, 16, 32 and then 64 cells at a time: each a connection, and credentials that were never used before.
  expect(proxy.asked.length).toBeGreaterThanOrEqual(Math.ceil(cells / 64))
  expect(proxy.asked.every(({ by, host, port }) => by === "name" && host === ONION && port === 80)).toBe(true)
  expect(new Set(proxy.credentials).size).toBe(proxy.asked.length)
  expect(proxy.credentials.every((pair) => /^[0-9a-f]{24}:[0-9a-f]{24}$/.test(pair))).toBe(true)

  await desk.publish(relay, 1, [report!.arrived], null)
  expect((await check(home)).arrived.length).toBe(1)
  expect(new Set(proxy.credentials).size).toBe(proxy.asked.length)
  expect(lookups.filter((name) => name.endsWith(".onion"))).toEqual([])
})

test("the proxy dies in the middle of an upload: nothing leaves beside it, and the rest goes when it is back", async () => {
  const { relay, desk, unit } = await world(() => `http://${ONION}`)
  const proxy = await startProxy(() => relay.port, { dieAfter: 900_000 })
  const lookups = watchLookups()
  const home = await createFieldHome(unit, through(proxy.port))
  const [sending] = await sendAll(home)
  expect(["closed", "unreachable"]).toContain(sending?.error?.code)
  const before = await standing(home)
  expect(before.state).toBe("kept")
  expect(before.sent).toBeGreaterThan(0)
  expect(before.sent).toBeLessThan(before.cells)
  const [again] = await sendAll(home)
  expect(again?.error).toMatchObject({ code: "closed", message: expect.stringContaining("another road") })
  expect(lookups.filter((name) => name.endsWith(".onion"))).toEqual([])

  const back = await startProxy(() => relay.port, { port: proxy.port })
  expect(await sendAll(home)).toMatchObject([{ error: null, sent: before.cells - before.sent, left: 0 }])
  expect(back.asked.length).toBeGreaterThan(0)
  expect((await desk.pull(relay)).length).toBe(1)
})

test("with --socks-all, a dying proxy does not send the rest directly to an https relay", async () => {
  const tripwire = await startTripwire()
  const { relay, unit } = await world(() => `http://127.0.0.1:${tripwire.port}`)
  const proxy = await startProxy(() => relay.port, { dieAfter: 900_000 })
  const home = await createFieldHome(unit, through(proxy.port, true))
  for (let i = 0; i < 3; i++) expect((await sendAll(home))[0]?.error).not.toBeNull()
  await check(home)
  expect((await standing(home)).sent).toBeGreaterThan(0)
  expect(tripwire.count()).toBe(0)
  await startProxy(() => relay.port, { port: proxy.port })
  expect(await sendAll(home)).toMatchObject([{ error: null, left: 0 }])
  expect(tripwire.count()).toBe(0)
})

test("a program that fails open is caught by the same tripwire and the same watch", async () => {
  // What a helpful library would do: by the proxy if it works, else directly.
  const failingOpen = (proper: Road): Road => ({
    get: (url, max) => proper.get(url, max).catch(() => direct(url, null)),
    post: (url, body, max, more) => proper.post(url, body, max, more).catch(() => direct(url, body)),
  })
  async function direct(url: string, body: Uint8Array | null): Promise<never> {
    const wish = body === null ? {} : { method: "POST", body: new Uint8Array(body) }
    await fetch(url, wish).catch(() => undefined)
    throw new RoadError("unreachable", "neither way")
  }
  const lookups = watchLookups()
  const tripwire = await startTripwire()
  for (const [address, socksForAll] of [
    [`http://${ONION}`, false],
    [`http://127.0.0.1:${tripwire.port}`, true],
  ] as const) {
    const { relay, unit } = await world(() => address)
    const proxy = await startProxy(() => relay.port, { dieAfter: 900_000 })
    const ways = through(proxy.port, socksForAll)
    const road = failingOpen(roadOfHome(ways))
    const drawer = await unlockFolder(unit, null)
    const home = await openHome({ drawer, road, open: { onion: true, lan: false }, primitives: p })
    await sendAll(home)
  }
  expect(lookups.some((name) => name.endsWith(".onion"))).toBe(true)
  expect(tripwire.count()).toBeGreaterThan(0)
})

/** A road by the proxy, made of the same client; only what is done when it fails differs. */
function roadOfHome({ socks }: Ways): Road {
  const ask = async (
    url: string,
    body: Uint8Array | null,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Uint8Array }> => {
    const { socksFetch } = await import("@govah/node")
    const signal = AbortSignal.timeout(60_000)
    const headers = { ...more, "Content-Type": "application/octet-stream" }
    const wish = body === null ? { method: "GET", signal } : { method: "POST", headers, body, signal }
    const answer = await socksFetch(socks!, url, wish)
    return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) }
  }
  return { get: (url) => ask(url, null), post: (url, body, _max, more) => ask(url, body, more) }
}

test("without a proxy, with one that is no proxy, or that cannot get there: kept, told, and nothing is named", async () => {
  const { relay, desk, unit } = await world(() => `http://${ONION}`)
  const lookups = watchLookups()
  const tripwire = await startTripwire()
  const web = createServer((_request, response) => response.end("a web server"))
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void web.close())
  const refusing = await startProxy(() => null)
  const tries = [
    [undefined, "closed"],
    [through(9), "closed"],
    [through(tripwire.port), "closed"],
    [through((web.address() as AddressInfo).port), "closed"],
    [through(refusing.port), "unreachable"],
  ] as const
  for (const [ways, code] of tries) {
    const home = await createFieldHome(unit, ways)
    expect((await sendAll(home))[0]?.error?.code).toBe(code)
    expect((await check(home)).visits).toMatchObject([{ state: "failed", error: { code } }])
    expect(await standing(home)).toMatchObject({ state: "kept", sent: 0 })
  }
  expect(lookups).toEqual([])
  expect(await desk.pull(relay)).toEqual([])
})

test("with --socks-all a local relay is not asked at all", async () => {
  const folder = await freshFolder()
  const tripwire = await startTripwire()
  const proxy = await startProxy(() => tripwire.port)
  const desk = await createCheapDesk(join(folder, "desk"), { name: "Desk", passphrase: PASSPHRASE }, DEPS)
  onTestFinished(() => desk.close())
  const url = `http://127.0.0.1:${tripwire.port}`
  await desk.addRelay({ url, road: "lan", capability: "A".repeat(43) })
  const home = await createFieldHome(join(folder, "unit"), through(proxy.port, true))
  await enrol(home, (await desk.invite("unit")).text)
  await tell(home, { text: "local" }, [])
  expect((await sendAll(home))[0]?.error?.code).toBe("closed")
  expect(tripwire.count()).toBe(0)
  expect(proxy.asked).toEqual([])
})

test("a desk pulls from an onion relay and feeds it by the proxy alone, and without one asks nobody", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const url = `http://${ONION}`
  const tripwire = await startTripwire()
  const proxy = await startProxy((host) => (host === ONION ? relay.port : null))
  const lookups = watchLookups()
  const deps = { ...DEPS, ways: through(proxy.port) }
  const desk = await createCheapDesk(join(folder, "desk"), { name: "Desk", passphrase: PASSPHRASE }, deps)
  onTestFinished(() => desk.close())
  await desk.addRelay({ url, road: "onion", capability: await admit(relay.store, { deskKey: desk.key }) })
  const seal = await inviteSender(desk)
  await post(relay, (await seal("to an onion")).cells)
  expect(await desk.pull()).toMatchObject({ received: [expect.any(String)], completed: [expect.any(String)] })
  await desk.makeFeed()
  expect(await desk.publishFeed()).toMatchObject([{ number: 1, failed: null }])
  expect(proxy.asked.length).toBeGreaterThanOrEqual(3)
  expect(proxy.asked.every(({ by, host }) => by === "name" && host === ONION)).toBe(true)
  expect(new Set(proxy.credentials).size).toBe(proxy.asked.length)

  await proxy.kill()
  const down = await desk.pull()
  expect(down.sources[0]?.failed).toMatchObject({ code: "road-not-available" })
  deps.ways = { socks: null, socksForAll: false } as unknown as typeof deps.ways
  expect((await desk.pull()).sources[0]?.failed?.code).toBe("road-not-available")
  expect(lookups.filter((name) => name.endsWith(".onion"))).toEqual([])
  expect(tripwire.count()).toBe(0)
})

test("the command line says what is safe and what to do when Tor is down, and sends when it is up", async () => {
  const { folder, relay, desk } = await world(() => `http://${ONION}`)
  const without = await govah(["field", "send", "--home", "unit"], folder)
  expect(without.code).toBe(1)
  expect(without.out).toContain("Tor is not open here")
  expect(without.err).toMatch(/not delivered yet.*nothing went by another: start Tor.*--socks.*safe/)
  const down = await govah(["field", "send", "--home", "unit", "--socks", "127.0.0.1:9"], folder)
  expect(down.out).toContain("no proxy answers on port 9")
  const proxy = await startProxy(() => relay.port)
  const up = await govah(["field", "send", "--home", "unit", "--socks", `127.0.0.1:${proxy.port}`], folder)
  expect([up.code, up.out]).toEqual([0, expect.stringContaining("it has everything")])
  expect((await desk.pull(relay)).length).toBe(1)
  expect((await readdir(join(folder, "unit"))).length).toBeGreaterThan(0)
})
