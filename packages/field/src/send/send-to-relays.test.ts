import { createHash } from "node:crypto"
import { CELL_BYTES, type CellId, cellId, encodeBitmap, splitBundle } from "@govah/core/cell"
import type { SealedCell, SealedParcel } from "@govah/core/seal"
import { encodePrice } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { type Outbox, openOutbox } from "../outbox/index.ts"
import { type Road, RoadError } from "../road/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { COPIES, isSent, sendToRelays } from "./index.ts"

async function* sealing(cells: number): AsyncGenerator<SealedCell, SealedParcel, void> {
  const ids: CellId[] = []
  for (let i = 0; i < cells; i++) {
    const bytes = p.random(CELL_BYTES)
    ids.push(await cellId(bytes, p))
    yield { id: ids.at(-1) as CellId, bytes }
  }
  return {
    rootId: ids.at(-1) as CellId,
    cellIds: ids,
    arrived: p.random(32),
    used: p.random(32),
    reply: p.random(32),
  }
}

async function outboxOf(parcels: number, cells: number): Promise<Outbox> {
  const outbox = await openOutbox(locked(crashingDrawer(0, false), p), p)
  for (let i = 0; i < parcels; i++) await outbox.keep(sealing(cells), "2021-02-22")
  return outbox
}

const relays = (
  count: number,
  road: "https" | "onion" = "https",
): { url: string; road: "https" | "onion"; operator?: number }[] =>
  Array.from({ length: count }, (_, i) => ({ url: `https://relay-${i}.example`, road }))

/** The network: what each relay was given, and how some of them fail. */
function network(failing: Readonly<Record<string, () => Promise<void> | void>> = {}): {
  road: Road
  held: Map<string, Set<string>>
} {
  const held = new Map<string, Set<string>>()
  const road: Road = {
    get: async () => ({
      status: 200,
      body: encodePrice({ bits: 3, day: 1, relay: p.random(16), tokenKeys: [] }),
    }),
    async post(url, body) {
      const relay = url.replace(/\/cells$/, "")
      await failing[relay]?.()
      const ids = await Promise.all(splitBundle(body).cells.map((cell) => cellId(cell, p)))
      const mine = held.get(relay) ?? new Set()
      for (const id of ids) mine.add(id)
      held.set(relay, mine)
      const digest = createHash("sha256")
        .update(Buffer.from(ids.join(""), "hex"))
        .digest()
      return { status: 200, body: Buffer.concat([encodeBitmap(ids.map(() => true)), digest]) }
    },
  }
  return { road, held }
}

const refuse = (): never => {
  throw new RoadError("full", "the relay is full")
}

test("each parcel becomes whole at two relays, drawn anew for each, and no relay sees all", async () => {
  const outbox = await outboxOf(40, 2)
  const { road, held } = network()
  await sendToRelays(relays(4), null, { outbox, road, open: { onion: false }, primitives: p })
  const parcels = await outbox.list()
  for (const parcel of parcels) {
    expect([...parcel.acknowledged.values()]).toEqual([2, 2])
    expect(isSent(parcel, relays(4))).toBe(true)
  }
  // The odds that one of four relays is drawn for all of 40 parcels, or for none, are below 2^-38.
  for (const { url } of relays(4)) {
    expect(held.get(url)?.size).toBeGreaterThan(0)
    expect(held.get(url)?.size).toBeLessThan(80)
  }
  // Control: a card with no more relays than copies has them see everything.
  const few = await outboxOf(5, 1)
  const small = network()
  await sendToRelays(relays(COPIES), null, {
    outbox: few,
    road: small.road,
    open: { onion: false },
    primitives: p,
  })
  expect([...small.held.values()].map((ids) => ids.size)).toEqual([5, 5])
})

test("a relay that hangs delays nothing of what goes to the others", async () => {
  const outbox = await outboxOf(3, 70)
  let release: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    release = resolve
  })
  const { road } = network({ "https://relay-0.example": () => hanging })
  let heard: () => void = () => undefined
  const otherHasAll = new Promise<void>((resolve) => {
    heard = resolve
  })
  const sending = sendToRelays(relays(2), null, {
    outbox,
    road,
    open: { onion: false },
    primitives: p,
    onProgress: ({ relay, acknowledged, total }) => {
      if (relay === "https://relay-1.example" && acknowledged === total) heard()
    },
  })
  await otherHasAll
  release()
  expect((await sending).map(({ error }) => error)).toEqual([null, null])
  expect((await outbox.list()).every((parcel) => isSent(parcel, relays(2)))).toBe(true)
})

test("another relay stands in for one that fails, and what came through before is not sent there again", async () => {
  const outbox = await outboxOf(12, 1)
  const { road, held } = network({ "https://relay-0.example": refuse, "https://relay-2.example": refuse })
  const sendings = await sendToRelays(relays(4), null, {
    outbox,
    road,
    open: { onion: false },
    primitives: p,
  })
  expect(sendings.map(({ error }) => error?.code ?? null)).toEqual(["full", null, "full", null])
  expect(held.get("https://relay-1.example")?.size).toBe(12)
  expect(held.get("https://relay-3.example")?.size).toBe(12)
  const again = network()
  await sendToRelays(relays(4), null, { outbox, road: again.road, open: { onion: false }, primitives: p })
  expect(again.held.size).toBe(0)
})

test("where all but one fail, the one has everything, the failures are told, and nothing counts as sent", async () => {
  const outbox = await outboxOf(4, 1)
  const { road } = network({ "https://relay-0.example": refuse })
  const sendings = await sendToRelays(relays(2), null, {
    outbox,
    road,
    open: { onion: false },
    primitives: p,
  })
  expect(sendings).toMatchObject([{ error: { code: "full" } }, { error: null, sent: 4, left: 0 }])
  const parcels = await outbox.list()
  expect(parcels.map((parcel) => isSent(parcel, relays(2)))).toEqual([false, false, false, false])
})

test("a relay whose road is closed is never asked, also where no other is left", async () => {
  const outbox = await outboxOf(2, 1)
  const { road, held } = network()
  const card = [{ url: "http://relayrelay.onion", road: "onion" as const }, ...relays(1)]
  const sendings = await sendToRelays(card, null, { outbox, road, open: { onion: false }, primitives: p })
  expect(sendings).toMatchObject([{ error: { code: "closed" } }, { error: null, sent: 2 }])
  expect([...held.keys()]).toEqual(["https://relay-0.example"])
})

test("a sending that was cut goes on at the relays that it had begun with", async () => {
  const outbox = await outboxOf(1, 80)
  const posts = new Map<string, number>()
  const isFull = (url: string): boolean => {
    posts.set(url, (posts.get(url) ?? 0) + 1)
    // Whoever stands in is full at once.
    return posts.size > COPIES || (posts.get(url) ?? 0) > 3
  }
  const first = network(
    Object.fromEntries(relays(8).map(({ url }) => [url, () => void (isFull(url) && refuse())])),
  )
  await sendToRelays(relays(8), null, { outbox, road: first.road, open: { onion: false }, primitives: p })
  const begun = [...((await outbox.list())[0]?.acknowledged.keys() ?? [])].sort()
  expect(begun).toHaveLength(COPIES)
  const second = network()
  await sendToRelays(relays(8), null, { outbox, road: second.road, open: { onion: false }, primitives: p })
  expect([...second.held.keys()].sort()).toEqual(begun)
})

/** A card's relays by the numbers of their operators. */
const run = (...operators: readonly (number | null)[]): ReturnType<typeof relays> =>
  relays(operators.length).map((relay, i) => ({
    ...relay,
    ...(operators[i] === null ? {} : { operator: operators[i] as number }),
  }))

/** For each parcel, the operators of the relays that have it, in the order of the card. */
async function operatorsOfEach(
  outbox: Outbox,
  card: ReturnType<typeof run>,
): Promise<(number | undefined)[][]> {
  const parcels = await outbox.list()
  return parcels.map(({ acknowledged }) =>
    card.flatMap(({ url, operator }) => (acknowledged.has(url) ? [operator] : [])),
  )
}

test("the two copies of a parcel go to two operators, also where relays fail; unnumbered relays are anybody's", async () => {
  const ports = { open: { onion: false }, primitives: p }
  const card = run(1, 1, 1, 1, 1, 2, 2)
  const outbox = await outboxOf(20, 1)
  const { road } = network({ "https://relay-5.example": refuse, "https://relay-1.example": refuse })
  await sendToRelays(card, null, { outbox, road, ...ports })
  expect(await operatorsOfEach(outbox, card)).toEqual(Array.from({ length: 20 }, () => [1, 2]))
  // Control: where the card does not number them, some parcel has both copies with one of the two.
  const blind = await outboxOf(20, 1)
  await sendToRelays(run(...card.map(() => null)), null, { outbox: blind, road, ...ports })
  const drawn = await operatorsOfEach(blind, card)
  expect(drawn.some((one) => one[0] === one[1])).toBe(true)
})

test("while the other operator is down two copies lie with one, nothing counts as sent, and no third one is made there", async () => {
  const ports = { open: { onion: false }, primitives: p }
  const card = run(1, 1, 1, 2)
  const outbox = await outboxOf(3, 1)
  const down = network({ "https://relay-3.example": refuse })
  for (let times = 0; times < 2; times++) {
    await sendToRelays(card, null, { outbox, road: down.road, ...ports })
    expect(await operatorsOfEach(outbox, card)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    expect((await outbox.list()).map((parcel) => isSent(parcel, card))).toEqual([false, false, false])
  }
  await sendToRelays(card, null, { outbox, road: network().road, ...ports })
  expect(await operatorsOfEach(outbox, card)).toEqual([
    [1, 1, 2],
    [1, 1, 2],
    [1, 1, 2],
  ])
  expect((await outbox.list()).every((parcel) => isSent(parcel, card))).toBe(true)
  // Where there is one operator alone, two of its relays are better than one.
  const lone = await outboxOf(2, 1)
  await sendToRelays(run(4, 4, 4), null, { outbox: lone, road: network().road, ...ports })
  expect((await lone.list()).every((parcel) => isSent(parcel, run(4, 4, 4)))).toBe(true)
})
