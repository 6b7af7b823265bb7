import {
  backTag,
  openReceiptSet,
  openWholeFeed,
  receiptSetHas,
  receiptTag,
  type WholeFeed,
} from "@govah/core/feed"
import { bucketOf, CHAIN_LOOKAHEAD, readBucket, replyEpoch, startChain } from "@govah/core/reply"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { inviteUnit } from "../testing/unit.ts"

const DAY_MS = 86_400_000

async function testDesk(): Promise<TestDesk> {
  const t = await makeTestDesk()
  onTestFinished(() => t.dispose())
  return t
}

async function next(t: TestDesk): Promise<WholeFeed> {
  t.clock.now += DAY_MS
  const { number } = await t.desk.makeFeed()
  return await openWholeFeed(await t.desk.feedFile(number), p)
}

/** Numbers up to 20 whose tags stand in the feed. */
function counted({ head, partsByHash }: WholeFeed, back: Uint8Array): number[] {
  const sets = head.receipts.map(({ sha256 }) => openReceiptSet(partsByHash.get(sha256) as Uint8Array))
  const numbers = Array.from({ length: 20 }, (_, i) => i + 1)
  return numbers.filter((number) => sets.some((set) => receiptSetHas(set, backTag(back, number))))
}

test("a witness's reports are counted by the desk, in whatever order they become whole, and nobody else's are", async () => {
  const t = await testDesk()
  const [back, otherBack] = [p.random(32), p.random(32)]
  const witness = await inviteUnit(t.desk, t.today(), null, p, back)
  // The same words on another phone: nothing tells it what the first one sent.
  const elsewhere = await inviteUnit(t.desk, t.today(), null, p, back)
  const other = await inviteUnit(t.desk, t.today(), null, p, otherBack)
  const [one, two, foreign] = [await witness.seal(), await elsewhere.seal(), await other.seal()]
  await t.take(one.cells)
  expect(counted(await next(t), back)).toEqual([1])
  await t.take([...two.cells, ...foreign.cells])
  const feed = await next(t)
  expect(counted(feed, back)).toEqual([1, 2])
  expect(counted(feed, otherBack)).toEqual([1])
  // Each phone still knows its own parcel's receipt, by a secret that no words tell.
  const sets = feed.head.receipts.map(({ sha256 }) =>
    openReceiptSet(feed.partsByHash.get(sha256) as Uint8Array),
  )
  for (const { arrived } of [one, two, foreign])
    expect(sets.some((set) => receiptSetHas(set, receiptTag(arrived, "arrived")))).toBe(true)
  expect(one.arrived).not.toEqual(two.arrived)
})

test("a unit's reports are not counted so", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  await t.take(parcel.cells)
  expect(counted(await next(t), parcel.reply)).toEqual([])
})

test("replies to several reports of one witness are one chain: no two are under one key, and all are found from its start", async () => {
  const t = await testDesk()
  const back = p.random(32)
  const witness = await inviteUnit(t.desk, t.today(), null, p, back)
  const [one, two] = [await witness.seal(), await witness.seal()]
  await t.take([...one.cells, ...two.cells])
  const numbers = []
  for (const [root, words] of [
    [one.rootId, "a"],
    [two.rootId, "b"],
    [one.rootId, "c"],
  ] as const)
    numbers.push(await t.desk.reply(root, words))
  expect(numbers).toEqual([0, 1, 2])
  const feed = await next(t)
  const unit = new Uint8Array(await p.publicKey(witness.seed))
  const { buckets } = feed.head.replies
  const bucket = feed.partsByHash.get(
    buckets[bucketOf(unit, replyEpoch(feed.head.day), buckets.length)] as string,
  ) as Uint8Array
  expect((await readBucket(bucket, [startChain(back)], p)).replies).toEqual(["a", "b", "c"])
  // Two slots under one key would begin with one tag.
  const tags = Array.from({ length: bucket.length / 1_024 }, (_, i) =>
    bucket.subarray(i * 1_024, i * 1_024 + 16).join(),
  )
  expect(new Set(tags).size).toBe(tags.length)
})

test("who comes back late looks further ahead than who never left", async () => {
  const t = await testDesk()
  const back = p.random(32)
  const witness = await inviteUnit(t.desk, t.today(), null, p, back)
  const parcel = await witness.seal()
  await t.take(parcel.cells)
  for (let i = 0; i < CHAIN_LOOKAHEAD + 4; i++) await t.desk.reply(parcel.rootId, `${i}`)
  await next(t)
  await t.desk.reply(parcel.rootId, "late")
  // All that is left is the newest number.
  const { head, partsByHash } = await next(t)
  const bucket = partsByHash.get(head.replies.buckets[0] as string) as Uint8Array
  expect((await readBucket(bucket, [startChain(back)], p)).replies).toEqual([])
  expect((await readBucket(bucket, [startChain(back)], p, 256)).replies).toEqual(["late"])
})
