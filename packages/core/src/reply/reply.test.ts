import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, toHex } from "../bytes/index.ts"
import {
  bucketCount,
  bucketOf,
  CHAIN_LOOKAHEAD,
  fillBuckets,
  MAX_REPLY_BYTES,
  nextChain,
  openReply,
  readBucket,
  replyEpoch,
  sealReply,
  startChain,
} from "./index.ts"

const random = (byteLength: number): Uint8Array => p.random(byteLength)
const chainAfter = (chain: Uint8Array, replies: number): Uint8Array =>
  Array.from({ length: replies }).reduce<Uint8Array>((at) => nextChain(at), chain)

test("a reply is read by whoever holds its chain, and is random bytes to everybody else", async () => {
  const chain = startChain(random(32))
  const slot = await sealReply(chain, "پیام شما رسید.", p)
  expect(slot.length).toBe(1_024)
  expect(await openReply(chain, slot, p)).toBe("پیام شما رسید.")
  expect(await openReply(startChain(random(32)), slot, p)).toBeNull()
  // What was read can no longer be read with what is left.
  expect(await openReply(nextChain(chain), slot, p)).toBeNull()
  const flipped = slot.slice()
  flipped[1_023] = (flipped[1_023] as number) ^ 1
  await expect(openReply(chain, flipped, p)).rejects.toMatchObject({ code: "tampered" })
})

test("what is too long, empty, half a character or moves a cursor is not sealed", async () => {
  const chain = startChain(random(32))
  expect(await openReply(chain, await sealReply(chain, "x".repeat(MAX_REPLY_BYTES), p), p)).toHaveLength(990)
  await expect(sealReply(chain, "x".repeat(MAX_REPLY_BYTES + 1), p)).rejects.toMatchObject({
    code: "too-long",
  })
  for (const words of ["", "\u001b[2J", "\r", "\ud800"]) {
    await expect(sealReply(chain, words, p)).rejects.toMatchObject({ code: "malformed" })
  }
})

test("several replies to several parcels are found in one bucket, also where some were missed", async () => {
  const [a, b, silent] = [startChain(random(32)), startChain(random(32)), startChain(random(32))]
  const slots = [
    await sealReply(a, "a0", p),
    await sealReply(chainAfter(a, 1), "a1", p),
    await sealReply(chainAfter(b, CHAIN_LOOKAHEAD - 1), "b15", p),
  ]
  const { buckets } = fillBuckets([slots], random)
  const bucket = buckets[0] as Uint8Array
  const read = await readBucket(bucket, [a, silent, b, random(32)], p)
  expect(read.replies).toEqual(["a0", "a1", "b15"])
  expect(read.chains[1]).toEqual(silent)
  expect(toHex(read.chains[0] as Uint8Array)).toBe(toHex(chainAfter(a, 2)))
  // The same bucket again, with what is left: nothing.
  expect((await readBucket(bucket, read.chains, p)).replies).toEqual([])
  // Beyond the look-ahead it is lost.
  const far = fillBuckets([[await sealReply(chainAfter(b, CHAIN_LOOKAHEAD), "b16", p)]], random)
  expect((await readBucket(far.buckets[0] as Uint8Array, [b], p)).replies).toEqual([])
})

test("a broken slot of ours is counted and passed over", async () => {
  const chain = startChain(random(32))
  const broken = await sealReply(chain, "one", p)
  broken[500] = (broken[500] as number) ^ 1
  const bucket = concatBytes(broken, await sealReply(nextChain(chain), "two", p))
  expect(await readBucket(bucket, [chain], p)).toMatchObject({ replies: ["two"], broken: 1 })
})

test("all buckets of a number have one length, whatever is in them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const { slots, buckets } = fillBuckets(
        counts.map((count) => Array.from({ length: count }, () => random(1_024))),
        random,
      )
      expect(new Set(buckets.map(({ length }) => length))).toEqual(new Set([slots * 1_024]))
      expect(slots).toBeGreaterThanOrEqual(Math.max(4, ...counts))
      // Sorted: where a reply lies says nothing of when it was written.
      for (const bucket of buckets) {
        const tags = Array.from({ length: slots }, (_, i) =>
          toHex(bucket.subarray(i * 1_024, i * 1_024 + 16)),
        )
        expect(tags).toEqual(tags.toSorted())
      }
    }),
    { numRuns: 50 },
  )
})

/** The place in a slot that is furthest from random over many slots: chi-squared of the upper halves of its bytes, 15 degrees. */
function worstPlace(slots: readonly Uint8Array[]): number {
  let worst = 0
  for (let at = 0; at < 1_024; at++) {
    const counts = Array.from({ length: 16 }, () => 0)
    for (const slot of slots) {
      const half = (slot[at] as number) >> 4
      counts[half] = (counts[half] as number) + 1
    }
    const expected = slots.length / 16
    worst = Math.max(
      worst,
      counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0),
    )
  }
  return worst
}

test("no place of a slot tells a reply from a filler; in a deliberately weak slot it does", async () => {
  const replies = await Promise.all(
    Array.from({ length: 400 }, async () => await sealReply(startChain(random(32)), "The same words.", p)),
  )
  const fillers = Array.from({ length: 400 }, () => random(1_024))
  // Random slots stay below 90 in all 1,024 places but for one run in a hundred million.
  expect(worstPlace(replies)).toBeLessThan(90)
  expect(worstPlace(fillers)).toBeLessThan(90)
  // Positive control: the tag is as good, and the words are not sealed.
  const weak = fillers.map((slot) => {
    const open = new Uint8Array(1_024)
    open.set(slot.subarray(0, 16))
    return open
  })
  expect(worstPlace(weak)).toBeGreaterThan(1_000)
})

test("a unit's bucket stays for an epoch, changes after it, and a finer division only splits it", () => {
  const units = Array.from({ length: 2_000 }, () => random(32))
  const epoch = replyEpoch("2026-03-01")
  expect(epoch).toBe(Math.floor(Date.parse("2026-03-01T00:00:00Z") / 86_400_000 / 30))
  for (const unit of units) {
    expect(bucketOf(unit, epoch, 1)).toBe(0)
    expect(Math.floor(bucketOf(unit, epoch, 64) / 2)).toBe(bucketOf(unit, epoch, 32))
  }
  const moved = units.filter((unit) => bucketOf(unit, epoch, 64) !== bucketOf(unit, epoch + 1, 64)).length
  expect(moved).toBeGreaterThan(1_900)
  const counts = new Map<number, number>()
  for (const unit of units)
    counts.set(bucketOf(unit, epoch, 16), (counts.get(bucketOf(unit, epoch, 16)) ?? 0) + 1)
  // 125 expected in each; 60 is more than five deviations below.
  expect(Math.min(...counts.values())).toBeGreaterThan(60)
})

test("no division leaves fewer than a hundred correspondents a bucket", () => {
  for (const count of [0, 1, 99, 100, 199, 200, 399, 400, 10_000, 25_600, 1_000_000]) {
    const buckets = bucketCount(count)
    expect(Number.isInteger(Math.log2(buckets)) && buckets <= 256).toBe(true)
    if (buckets > 1) expect(count / buckets).toBeGreaterThanOrEqual(100)
  }
  expect(bucketCount(10_000)).toBe(64)
  expect(bucketCount(399)).toBe(2)
})

test.each(["1970-01-01", "1999-12-31", "2000-02-29", "2026-11-25", "2100-03-01"])(
  "the epoch of %s is that of the calendar",
  (day) => {
    expect(replyEpoch(day)).toBe(Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000 / 30))
  },
)
