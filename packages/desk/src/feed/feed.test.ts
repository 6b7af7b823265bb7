import { openBulletin, openCall } from "@govah/core/bulletin"
import { fromBase64Url, toHex } from "@govah/core/bytes"
import { openCard } from "@govah/core/card"
import {
  acceptFeedHead,
  type KnownFeed,
  openReceiptSet,
  openWholeFeed,
  receiptSetHas,
  receiptTag,
  type WholeFeed,
} from "@govah/core/feed"
import { bucketOf, readBucket, replyEpoch, startChain } from "@govah/core/reply"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { inviteUnit, type TestUnit } from "../testing/unit.ts"
import { divideForTest } from "../testing/feed.ts"

async function testDesk(): Promise<TestDesk> {
  const t = await makeTestDesk()
  onTestFinished(() => t.dispose())
  return t
}

async function next(t: TestDesk): Promise<WholeFeed> {
  const { number } = await t.desk.makeFeed()
  return await openWholeFeed(await t.desk.feedFile(number), p)
}

const DAY_MS = 86_400_000
const hasReceipt = ({ head, partsByHash }: WholeFeed, arrived: Uint8Array): boolean =>
  head.receipts.some(({ sha256 }) =>
    receiptSetHas(openReceiptSet(partsByHash.get(sha256) as Uint8Array), receiptTag(arrived, "arrived")),
  )

/** What a unit finds in its bucket. */
async function heard(
  feed: WholeFeed,
  unit: TestUnit,
  secrets: readonly Uint8Array[],
): Promise<readonly string[]> {
  const { buckets } = feed.head.replies
  const key = await p.publicKey(unit.seed)
  const own = buckets[bucketOf(key, replyEpoch(feed.head.day), buckets.length)] as string
  return (await readBucket(feed.partsByHash.get(own) as Uint8Array, secrets.map(startChain), p)).replies
}

test("a number holds the newest card, receipts of whole reports, and what stands", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  await t.take(parcel.cells)
  await t.desk.act({
    kind: "warning-set",
    id: "w1",
    about: "relay",
    day: "2026-01-09",
    subject: "https://relay.example",
    words: "این گره دیگر امن نیست.",
    until: "2026-02-01",
  })
  await t.desk.act({
    kind: "bulletin-set",
    id: "b1",
    day: "2026-01-10",
    language: "en",
    title: "Roads",
    words: "The north is shut.",
    until: "2026-01-12",
  })
  const material = { type: "text/plain", bytes: Buffer.from("A line to print") } as const
  const call = {
    id: "c1",
    campaign: "Lights",
    action: "vigil",
    language: "en",
    title: "A light",
    words: "At eight.",
  } as const
  await t.desk.call(
    { ...call, from: "2026-01-11", to: null, places: [] as string[], until: "2026-01-20" },
    material,
  )
  const feed = await next(t)
  expect(feed.head).toMatchObject({ number: 1, previous: null, day: "2026-01-10" })
  expect(feed.head.warnings).toMatchObject([{ kind: "relay", subject: "https://relay.example" }])
  expect(hasReceipt(feed, parcel.arrived)).toBe(true)
  expect(hasReceipt(feed, parcel.used)).toBe(false)
  const part = (list: readonly { sha256: string }[]): Uint8Array =>
    feed.partsByHash.get(list[0]?.sha256 as string) as Uint8Array
  expect(openBulletin(part(feed.head.bulletins)).words).toBe("The north is shut.")
  expect(openCall(part(feed.head.calls))).toMatchObject({
    call: { action: "vigil" },
    material: new Uint8Array(material.bytes),
  })
  const card = Buffer.from(part(feed.head.intake)).toString()
  expect((await openCard(card, p)).key).toBe(t.desk.key)
  expect(card).toBe(await t.desk.card())
  // Nothing changed: the same number. A day later what has ended is gone, and a receipt stays.
  expect((await t.desk.makeFeed()).number).toBe(1)
  t.clock.now += 4 * DAY_MS
  const later = await next(t)
  expect(later.head).toMatchObject({
    number: 2,
    bulletins: [],
    previous: toHex(await p.sha256(feed.headBytes)),
  })
  expect(hasReceipt(later, parcel.arrived)).toBe(true)
  expect(await t.desk.verify()).toEqual([])
})

test("receipts are listed for 90 days, each set as it was made, and a day without any looks like the others", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  await t.take(parcel.cells)
  const first = await next(t)
  const [set] = first.head.receipts
  let known: KnownFeed | null = null
  let numbers = 1
  for (const [day, step] of [
    [1, 1],
    [40, 39],
    [90, 50],
    [91, 1],
    [92, 1],
  ] as const) {
    t.clock.now += step * DAY_MS
    const feed = await next(t)
    numbers++
    // Every number follows the one before, as a phone sees it.
    known = (await acceptFeedHead(feed.headBytes, t.desk.key, known, p)).known
    const stands = feed.head.receipts.some(({ sha256 }) => sha256 === set?.sha256)
    expect(stands, `day ${day}`).toBe(day <= 91)
    expect(new Set(feed.head.receipts.map(({ bytes }) => bytes))).toEqual(new Set([400]))
    expect(feed.head.receipts).toHaveLength(day <= 91 ? numbers : numbers - 1)
  }
  // A receipt that was listed long enough is not given again.
  expect(hasReceipt(await next(t), parcel.arrived)).toBe(false)
})

test("a report that is brought again when its receipt was listed long enough gets one again, for 90 days", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const [away, gone] = [await unit.seal(), await unit.seal()]
  await t.take([...away.cells, ...gone.cells])
  const first = await next(t)
  expect(hasReceipt(first, away.arrived)).toBe(true)
  // While it is listed for long, nothing is given again: the sender finds what is there.
  t.clock.now += 60 * DAY_MS
  await t.take(away.cells)
  const before = await next(t)
  expect(before.head.receipts.slice(0, -1)).toEqual(first.head.receipts)
  expect((await t.desk.makeFeed()).receipts).toBe(2)
  // By the road that brought it first, so that the ledger has nothing to add.
  t.clock.now += 60 * DAY_MS
  expect(hasReceipt(await next(t), away.arrived)).toBe(false)
  expect((await t.take(away.cells)).carried).toBe(0)
  const again = await next(t)
  expect([hasReceipt(again, away.arrived), hasReceipt(again, gone.arrived)]).toEqual([true, false])
  expect((await t.desk.makeFeed()).receipts).toBe(1)
  t.clock.now += 90 * DAY_MS
  expect(hasReceipt(await next(t), away.arrived)).toBe(true)
  t.clock.now += 2 * DAY_MS
  expect(hasReceipt(await next(t), away.arrived)).toBe(false)
  expect(await t.desk.verify()).toEqual([])
})

test("numbers that nobody asks for any more are dropped with what only they listed", async () => {
  const t = await testDesk()
  for (let i = 0; i < 10; i++) {
    await next(t)
    t.clock.now += 10 * DAY_MS
  }
  expect((await openWholeFeed(await t.desk.feedFile(10), p)).head.number).toBe(10)
  expect((await openWholeFeed(await t.desk.feedFile(3), p)).head.number).toBe(3)
  await expect(t.desk.feedFile(2)).rejects.toMatchObject({ code: "damaged" })
  expect(await t.desk.verify()).toEqual([])
})

test("a reply is found by the parcel that it answers and by no other, once", async () => {
  const t = await testDesk()
  const [unit, other] = [await inviteUnit(t.desk, t.today()), await inviteUnit(t.desk, t.today())]
  const [a, b] = [await unit.seal(), await unit.seal()]
  const foreign = await other.seal()
  await t.take([...a.cells, ...b.cells, ...foreign.cells])
  expect(await t.desk.reply(a.rootId, "پیام رسید.")).toBe(0)
  expect(await t.desk.reply(a.rootId, "آن‌جا نمانید.")).toBe(1)
  const feed = await next(t)
  expect(await heard(feed, unit, [a.reply, b.reply])).toEqual(["پیام رسید.", "آن‌جا نمانید."])
  expect(await heard(feed, other, [foreign.reply, b.reply])).toEqual([])
  // Sent once: the next number holds fillers alone, and is as long.
  t.clock.now += DAY_MS
  const later = await next(t)
  expect(await heard(later, unit, [a.reply, b.reply])).toEqual([])
  expect(later.head.replies.slots).toBe(feed.head.replies.slots)
  // In the ledger without its words.
  const [report] = (await t.desk.list()).filter(({ root }) => root === a.rootId)
  expect(report?.custody.filter(({ what }) => what === "replied").map(({ detail }) => detail)).toEqual([
    "0",
    "1",
  ])
})

test("a reply that cannot be is refused, and seals nothing", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  await t.take(parcel.cells)
  await expect(t.desk.reply("0".repeat(64) as never, "x")).rejects.toMatchObject({ code: "unknown-root" })
  for (const words of ["", "x".repeat(991), "\u001b[2J"]) {
    await expect(t.desk.reply(parcel.rootId, words)).rejects.toMatchObject({ code: "bad-act" })
  }
  expect(await t.desk.reply(parcel.rootId, "x".repeat(990))).toBe(0)
})

test("two replies at once never share a key", async () => {
  const t = await testDesk()
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  await t.take(parcel.cells)
  const numbers = await Promise.all(
    ["one", "two", "three"].map((words) => t.desk.reply(parcel.rootId, words)),
  )
  expect(new Set(numbers)).toEqual(new Set([0, 1, 2]))
  expect((await heard(await next(t), unit, [parcel.reply])).toSorted()).toEqual(["one", "three", "two"])
})

test("more receipts than one set holds are divided, and every one is found", async () => {
  const tags = Array.from({ length: 131_100 }, () => p.random(16))
  const sets = await divideForTest(tags)
  expect(sets.map(({ length }) => length)).toEqual([819_200, 400])
  const opened = sets.map(openReceiptSet)
  expect(tags.every((tag) => opened.some((set) => receiptSetHas(set, tag)))).toBe(true)
})

test("what cannot be said is refused with the reason, and nothing is kept", async () => {
  const t = await testDesk()
  const call = {
    id: "c1",
    campaign: "Lights",
    action: "vigil",
    language: "en",
    title: "A light",
    words: "At eight.",
    from: "2026-01-11",
    to: null,
    places: [] as string[],
    until: "2026-01-20",
  } as const
  for (const wrong of [
    t.desk.call({ ...call, action: "arson" as "vigil" }, null),
    t.desk.call({ ...call, to: "2026-01-01" }, null),
    t.desk.call(call, { type: "image/svg+xml" as never, bytes: Buffer.from("<svg/>") }),
    t.desk.call(call, { type: "text/plain", bytes: Buffer.alloc(65_536, 0x41) }),
    t.desk.call(call, { type: "text/plain", bytes: Buffer.from([0xff]) }),
    t.desk.act({
      kind: "warning-set",
      id: "w",
      about: "relay",
      day: "2026-01-10",
      subject: null,
      words: "",
      until: "2026-01-11",
    }),
    t.desk.act({
      kind: "bulletin-set",
      id: "b",
      day: "2026-01-10",
      language: "en",
      title: "",
      words: "x",
      until: "2026-01-11",
    }),
  ]) {
    await expect(wrong).rejects.toMatchObject({ code: "bad-act" })
  }
  const feed = await next(t)
  expect([feed.head.warnings, feed.head.bulletins, feed.head.calls]).toEqual([[], [], []])
  expect(fromBase64Url(feed.head.desk)).toHaveLength(32)
})
