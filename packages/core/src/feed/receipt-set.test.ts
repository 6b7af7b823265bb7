import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toHex } from "../bytes/index.ts"
import { decodePositions, encodePositions } from "./golomb.ts"
import {
  encodeReceiptSet,
  MAX_PART_BYTES,
  MAX_RECEIPT_SETS,
  MAX_RECEIPTS,
  MIN_RECEIPTS,
  openReceiptSet,
  RECEIPT_TAG_BYTES,
  receiptSetBytes,
  receiptSetHas,
  receiptTag,
} from "./index.ts"
import { receiptPosition } from "./receipt-set.ts"

const random = (byteLength: number): Uint8Array => p.random(byteLength)
const secrets = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 200 })

test("each phone knows its own receipt, and none another's", () => {
  fc.assert(
    fc.property(secrets, fc.uint8Array({ minLength: 32, maxLength: 32 }), (all, outsider) => {
      const tags = all.map((secret) => receiptTag(secret, "arrived"))
      const received = encodeReceiptSet(tags, random)
      const set = openReceiptSet(received)
      for (const tag of tags) expect(receiptSetHas(set, tag)).toBe(true)
      for (const secret of all) expect(receiptSetHas(set, receiptTag(secret, "used"))).toBe(false)
      const known = all.some((secret) => toHex(secret) === toHex(outsider))
      expect(receiptSetHas(set, receiptTag(outsider, "arrived"))).toBe(known)
      // Only the size class shows.
      const size = set.positions.length
      expect(received.length).toBe(receiptSetBytes(size))
      expect(size).toBeGreaterThanOrEqual(MIN_RECEIPTS)
      expect(Number.isInteger(Math.log2(size))).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test("a set of every size class has one length, and the largest is one part", () => {
  for (const count of [0, 1, 64, 65, 128, 129, 5_000]) {
    const tags = Array.from({ length: count }, () => random(RECEIPT_TAG_BYTES))
    const size = Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, count))))
    expect(encodeReceiptSet(tags, random).length).toBe(receiptSetBytes(size))
  }
  expect(receiptSetBytes(MIN_RECEIPTS)).toBe(400)
  expect(receiptSetBytes(MAX_RECEIPTS)).toBe(819_200)
  expect(receiptSetBytes(MAX_RECEIPTS)).toBeLessThanOrEqual(MAX_PART_BYTES)
})

test("a set holds more than 65,536 receipts, and each is found", () => {
  const tags = Array.from({ length: 70_000 }, () => random(RECEIPT_TAG_BYTES))
  const set = openReceiptSet(encodeReceiptSet(tags, random))
  expect(set.positions.length).toBe(131_072)
  expect(tags.every((tag) => receiptSetHas(set, tag))).toBe(true)
  expect(receiptSetHas(set, random(RECEIPT_TAG_BYTES))).toBe(false)
})

test("by arithmetic, all that a head may list matches falsely with 2^-40 at most", () => {
  // A stranger's tag is 128 random bits, so it falls on each of N · 2^48 places with 2^-128 more than its share at most,
  // and N of them are taken.
  for (let size = BigInt(MIN_RECEIPTS); size <= MAX_RECEIPTS; size *= 2n) {
    const places = size << 48n
    const mostTagsOnAPlace = ((1n << 128n) + places - 1n) / places
    // size · mostTagsOnAPlace / 2^128, times 256 sets, is no more than 2^-40.
    expect(size * mostTagsOnAPlace * BigInt(MAX_RECEIPT_SETS)).toBeLessThanOrEqual(1n << 88n)
  }
})

/** How many of so many strangers a full set of 1,024 takes for its own, coded with remainders of `bits`. */
function falseMatches(bits: number, strangers: number): number {
  const size = 1_024
  const taken = new Set<bigint>()
  while (taken.size < size) taken.add(receiptPosition(random(RECEIPT_TAG_BYTES), size, bits))
  const sorted = [...taken].sort((a, b) => (a < b ? -1 : 1))
  const read = decodePositions(encodePositions(sorted, bits), size, bits)
  expect(read).toEqual(sorted)
  const places = new Set(read)
  let found = 0
  for (let i = 0; i < strangers; i++) {
    if (places.has(receiptPosition(random(RECEIPT_TAG_BYTES), size, bits))) found++
  }
  return found
}

test("a hundred thousand strangers find nothing in a set, and hundreds of them in a deliberately weak one", () => {
  expect(falseMatches(48, 100_000)).toBe(0)
  // Positive control: remainders of 8 bits, so one stranger in 256: 391 expected, with a deviation of 20.
  const weak = falseMatches(8, 100_000)
  expect(weak).toBeGreaterThan(230)
  expect(weak).toBeLessThan(550)
})

test("every changed bit is refused or names another set, and no set has two codings", () => {
  const received = encodeReceiptSet([random(RECEIPT_TAG_BYTES)], random)
  const before = openReceiptSet(received).positions
  let refused = 0
  for (let bit = 0; bit < received.length * 8; bit++) {
    const changed = received.slice()
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (0x80 >> (bit & 7))
    const positions = decodePositions(changed, MIN_RECEIPTS, 48)
    if (positions === null) {
      refused++
      continue
    }
    expect(positions).not.toEqual(before)
    expect(encodePositions(positions, 48)).toEqual(changed)
  }
  expect(refused).toBeGreaterThan(0)
  for (const length of [0, 1, 399, 401, 799, 6, 819_200 * 2]) {
    expect(() => openReceiptSet(new Uint8Array(length)), `${length} bytes`).toThrow(
      expect.objectContaining({ name: "FeedError", code: "malformed" }),
    )
  }
})
