import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toBase64Url, toHex } from "@govah/core/bytes"
import {
  type FeedHead,
  MAX_RECEIPT_SETS,
  openReceiptSet,
  receiptSetHas,
  signFeedHead,
} from "@govah/core/feed"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { openStore, type Store } from "../store/store.ts"
import { keepPart } from "./feed-store.ts"
import { keepReceipts, listReceipts, type Receipt, type ReceiptListing } from "./receipt-sets.ts"

const DAY = Date.UTC(2026, 0, 10, 12)

/** The part of a desk that lists receipts, on a store of its own. */
function testRoom(): {
  readonly store: Store
  readonly deps: { now(): Date; readonly primitives: typeof p }
  day: number
} {
  const folder = mkdtempSync(join(tmpdir(), "govah-desk-"))
  const store = openStore(join(folder, "desk.db"), p.random(32))
  onTestFinished(() => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const room = { store, day: 0, deps: { now: () => new Date(DAY + room.day * 86_400_000), primitives: p } }
  return room
}

const someReceipts = (count: number): Receipt[] =>
  Array.from({ length: count }, () => ({ root: toHex(p.random(32)) as never, tag: p.random(16) }))

/** Lists receipts as the next number of a feed does, and keeps the listing. */
async function listNext(
  room: ReturnType<typeof testRoom>,
  fresh: readonly Receipt[],
): Promise<ReceiptListing> {
  const listing = await listReceipts(room as never, fresh)
  room.store.transact(() => {
    for (const { sha256, bytes } of listing.made) keepPart(room.store, sha256, bytes)
    keepReceipts(room.store, listing, { cameAgain: [], counts: new Map() })
  })
  return listing
}

function namesAll(
  { store }: { readonly store: Store },
  { listed }: ReceiptListing,
  receipts: readonly Receipt[],
): boolean {
  const sets = listed.map(({ sha256 }) =>
    openReceiptSet(
      store.get<{ bytes: Buffer }>("SELECT bytes FROM feed_part WHERE sha256 = ?", sha256)?.bytes as Buffer,
    ),
  )
  return receipts.every(({ tag }) => sets.some((set) => receiptSetHas(set, tag)))
}

/** Whether a head with so many sets can be signed. */
async function fitsHead(listed: FeedHead["receipts"]): Promise<boolean> {
  const seed = p.random(32)
  const head: FeedHead = {
    v: 1,
    desk: toBase64Url(await p.publicKey(seed)),
    number: 1,
    previous: null,
    day: "2026-01-10",
    warnings: [],
    intake: [{ sha256: "0".repeat(64), bytes: 1_000 }],
    receipts: listed,
    bulletins: [],
    calls: [],
    replies: { slots: 128, buckets: ["1".repeat(64)] },
  }
  return await signFeedHead(head, seed, p).then(
    () => true,
    () => false,
  )
}

test("where 256 sets do not suffice the older half is made anew, no receipt is lost, and none ends before its time", async () => {
  const room = testRoom()
  const given: Receipt[] = []
  let listing: ReceiptListing | null = null
  // Eight numbers a day: 256 sets are full long before the first is old, and half of them are whole days.
  for (let number = 0; number < 300; number++) {
    room.day = Math.floor(number / 8)
    const fresh = someReceipts(1 + (number % 2))
    given.push(...fresh)
    listing = await listNext(room, fresh)
    expect(listing.listed.length).toBeLessThanOrEqual(MAX_RECEIPT_SETS)
    if (listing.dropped.length > 0) {
      // The 256 that stood and the new one: 128 became one, with the day of its youngest.
      expect([number, listing.dropped.length, listing.listed.length]).toEqual([256, 128, 130])
      expect(listing.made.map(({ day, receipts }) => [day, receipts.length])).toEqual([
        ["2026-01-25", 192],
        ["2026-02-11", 1],
      ])
      expect(listing.made.map(({ bytes }) => bytes.length)).toEqual([1_600, 400])
    }
  }
  const last = listing as ReceiptListing
  expect([last.listed.length, last.count]).toEqual([173, given.length])
  expect(namesAll(room, last, given)).toBe(true)
  expect(await fitsHead(last.listed)).toBe(true)
  // The merged one is listed for 91 days from its youngest receipt, and longer than that nothing of it.
  room.day = 15 + 91
  expect(namesAll(room, await listNext(room, []), given.slice(190, 192))).toBe(true)
  room.day++
  expect(namesAll(room, await listNext(room, []), given.slice(190, 192))).toBe(false)
})

test("control: without it a head would have a set too many, and cannot be signed", async () => {
  const sets = Array.from({ length: MAX_RECEIPT_SETS + 1 }, () => ({
    sha256: toHex(p.random(32)),
    bytes: 400,
  }))
  expect([await fitsHead(sets.slice(1)), await fitsHead(sets)]).toEqual([true, false])
})
