import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import {
  acceptFeedHead,
  openReceiptSet,
  openWholeFeed,
  receiptSetHas,
  receiptTag,
  type WholeFeed,
} from "@govah/core/feed"
import { CELL_BYTES } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { forgetAdmission } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import {
  admittedRelay,
  freshDesk,
  freshHome,
  inviteSender,
  post,
  type SentParcel,
  wrongArrivals,
} from "./desk-support.ts"

/** Numbers from 0 to 1 that are the same in every run. Source: Numerical Recipes, an LCG for 32-bit words. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Pulls in a process of its own.
 *
 * @param killAfterMs - kills it this long after it began, by SIGKILL; null lets it finish.
 * @returns whether it finished, and how long it took from its beginning.
 */
async function pullApart(
  folder: string,
  killAfterMs: number | null,
): Promise<{ readonly done: boolean; readonly ms: number }> {
  const script = fileURLToPath(new URL("./desk-pull-process.ts", import.meta.url))
  const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] })
  const exited = once(child, "exit")
  let done = false
  let begun = 0
  let took = 0
  for await (const line of createInterface(child.stdout)) {
    if (line === "begin") {
      begun = performance.now()
      if (killAfterMs !== null) setTimeout(() => child.kill("SIGKILL"), killAfterMs)
    }
    if (line === "done") {
      done = true
      took = performance.now() - begun
    }
  }
  await exited
  return { done, ms: took }
}

test("killed at six instants while it pulls from two relays, a desk has every report once, bit for bit", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const relays = [await admittedRelay(home, "a", desk), await admittedRelay(home, "b", desk)] as const
  const seal = await inviteSender(desk)
  const next = seeded(20_210_222)
  const sent: SentParcel[] = []
  const sendSome = async (round: number): Promise<void> => {
    const parcels = await Promise.all([0, 1, 2].map((i) => seal(`round ${round}, report ${i}`)))
    sent.push(...parcels)
    const cells = parcels.flatMap((parcel) => parcel.cells)
    // Every cell goes to one relay or the other, and some to both.
    const split = cells.map((cell) => ({ cell, a: next() < 0.7, b: next() < 0.6 }))
    await post(
      relays[0],
      split.filter(({ a, b }) => a || !b).map(({ cell }) => cell),
    )
    await post(
      relays[1],
      split.filter(({ b }) => b).map(({ cell }) => cell),
    )
  }
  await sendSome(0)
  const { done, ms } = await pullApart(join(home, "desk"), null)
  expect(done).toBe(true)

  let interrupted = 0
  for (let round = 1; round <= 6; round++) {
    await sendSome(round)
    const { done: finished } = await pullApart(join(home, "desk"), next() * ms)
    if (!finished) interrupted++
  }
  // The attack is real: kills did land in the middle of work.
  expect(interrupted).toBeGreaterThan(0)
  expect(await desk.pull()).toMatchObject({ waiting: 0, unreadable: [] })
  expect(await wrongArrivals(desk, sent)).toEqual([])
  expect(await desk.verify()).toEqual([])
  // And the same once more changes nothing.
  expect(await desk.pull()).toMatchObject({ received: [], completed: [], carried: 0 })
})

test("by two relays and a file: one report, and a line of custody for every sender", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const relays = [await admittedRelay(home, "a", desk), await admittedRelay(home, "b", desk)] as const
  const seal = await inviteSender(desk)
  const parcel = await seal("three roads")
  for (const relay of relays) await post(relay, parcel.cells)
  const progress: string[] = []
  expect(await desk.pull(({ from }) => progress.push(from))).toMatchObject({
    received: [parcel.root],
    carried: 1,
  })
  expect(new Set(progress)).toEqual(new Set(relays.map(({ url }) => url)))
  await writeFile(join(home, "stick"), Buffer.concat(parcel.cells))
  expect(await desk.take(join(home, "stick"))).toMatchObject({ received: [], completed: [], carried: 1 })
  const senders = (await desk.show(parcel.root)).custody.flatMap(({ from }) => from ?? [])
  expect(new Set(senders)).toEqual(new Set([...relays.map(({ url }) => `relay ${url}`), "file stick"]))
  expect(await wrongArrivals(desk, [parcel])).toEqual([])
})

test("a relay that is down, and one that no longer admits the desk, are named; the others go on", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const down = await admittedRelay(home, "a", desk)
  const shut = await admittedRelay(home, "b", desk)
  const good = await admittedRelay(home, "c", desk)
  const parcel = await (await inviteSender(desk))("one of three")
  await post(good, parcel.cells)
  await down.close()
  await forgetAdmission(shut.store, desk.key)
  const { sources, completed } = await desk.pull()
  const failed = Object.fromEntries(sources.map(({ from, failed: why }) => [from, why?.code ?? null]))
  expect(failed).toEqual({ [down.url]: "relay-failed", [shut.url]: "relay-failed", [good.url]: null })
  expect(completed).toEqual([parcel.root])
})

/** A server that answers every listing with what `answer` gives. */
async function falseRelay(
  answer: () => { body: Uint8Array; headers: Record<string, string> },
): Promise<string> {
  const server = createServer((_, response) => {
    const { body, headers } = answer()
    response.writeHead(200, headers).end(body)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ["a cut page", CELL_BYTES * 2 - 1, { "govah-cursor": "x.1" }],
  ["a page without a cursor", CELL_BYTES, {}],
  ["a page longer than any", CELL_BYTES * 300, { "govah-cursor": "x.1" }],
])("a relay that answers with %s moves nothing on", async (_, length, headers) => {
  const desk = await freshDesk(await freshHome())
  const url = await falseRelay(() => ({ body: new Uint8Array(length), headers }))
  await desk.addRelay({ url, road: "https", capability: "A".repeat(43) })
  expect((await desk.pull()).sources).toMatchObject([{ cells: 0, failed: { code: "relay-failed" } }])
})

test("a relay that says there is always more is left when asked to stop", async () => {
  const desk = await freshDesk(await freshHome())
  let page = 0
  const url = await falseRelay(() => ({
    body: p.random(CELL_BYTES),
    headers: { "govah-cursor": `x.${page++}`, "govah-more": "yes" },
  }))
  await desk.addRelay({ url, road: "https", capability: "A".repeat(43) })
  const stop = new AbortController()
  let seen = 0
  const pulling = desk.pull(() => {
    if (++seen === 3) stop.abort()
  }, stop.signal)
  await expect(pulling).rejects.toMatchObject({ name: "AbortError" })
  expect(seen).toBe(3)
})

test("an onion relay is never asked by another road", async () => {
  const desk = await freshDesk(await freshHome())
  let asked = 0
  const url = await falseRelay(() => {
    asked++
    return { body: new Uint8Array(0), headers: { "govah-cursor": "x.1" } }
  })
  const access = { capability: "A".repeat(43) }
  await expect(desk.addRelay({ ...access, url, road: "onion" })).rejects.toMatchObject({ code: "bad-relay" })
  await desk.addRelay({ ...access, url: `http://${"a".repeat(56)}.onion`, road: "onion" })
  expect((await desk.pull()).sources).toMatchObject([{ failed: { code: "road-not-available" } }])
  expect(await desk.publishFeed()).toMatchObject([{ failed: { code: "road-not-available" } }])
  expect(asked).toBe(0)
  for (const bad of [
    "http://example.org",
    "ftp://example.org",
    "https://u:p@example.org",
    "https://a.example/?x",
    "no",
  ]) {
    await expect(desk.addRelay({ ...access, url: bad, road: "https" })).rejects.toMatchObject({
      code: "bad-relay",
    })
  }
})

test("receipts reach the relay as a feed in which only a sender finds itself", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const relay = await admittedRelay(home, "a", desk)
  const seal = await inviteSender(desk)
  const [whole, cut] = [await seal("whole"), await seal("not whole")]
  await post(relay, [...whole.cells, ...cut.cells.slice(1)])
  await desk.pull()
  expect(await desk.makeFeed()).toMatchObject({ number: 1, receipts: 1 })
  expect(await desk.makeFeed()).toMatchObject({ number: 1 })
  expect(await desk.publishFeed()).toEqual([{ relay: relay.url, number: 1, failed: null }])
  await post(relay, cut.cells.slice(0, 1))
  await desk.pull()
  expect(await desk.makeFeed()).toMatchObject({ number: 2, receipts: 2 })
  expect(await desk.publishFeed()).toEqual([{ relay: relay.url, number: 2, failed: null }])
  expect(await desk.publishFeed()).toEqual([{ relay: relay.url, number: 2, failed: null }])

  const fetchFeed = async (number: number): Promise<WholeFeed> => {
    const answer = await fetch(`${relay.url}/feed/${desk.key}/${number}/whole`)
    return await openWholeFeed(new Uint8Array(await answer.arrayBuffer()), p)
  }
  const [first, second] = [await fetchFeed(1), await fetchFeed(2)]
  const { known } = await acceptFeedHead(first.headBytes, desk.key, null, p)
  expect((await acceptFeedHead(second.headBytes, desk.key, known, p)).head.number).toBe(2)
  const has = (feed: WholeFeed, arrived: Uint8Array): boolean =>
    feed.head.receipts.some(({ sha256 }) =>
      receiptSetHas(
        openReceiptSet(feed.partsByHash.get(sha256) as Uint8Array),
        receiptTag(arrived, "arrived"),
      ),
    )
  expect([has(first, whole.arrived), has(first, cut.arrived)]).toEqual([true, false])
  expect([has(second, whole.arrived), has(second, cut.arrived)]).toEqual([true, true])
  expect(has(second, p.random(32))).toBe(false)
})
