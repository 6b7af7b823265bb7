import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addProduct, invert, multiply } from "./gf256.ts"
import { MAX_SHARD_BYTES, rebuildShards, repairShard } from "./index.ts"

const elements = Array.from({ length: 256 }, (_, i) => i)

test("the field is one: every element but 0 has an inverse, and products agree with the polynomial", () => {
  // 2 and 0x8e are inverse under 0x11d; 0x53 times 0xca is 1 only under AES's polynomial, and must not be here.
  expect(multiply(2, 0x8e)).toBe(1)
  expect(multiply(0x53, 0xca)).not.toBe(1)
  for (const a of elements.slice(1)) expect(multiply(a, invert(a))).toBe(1)
  for (const a of elements) for (const b of [0, 1, 2, 3, 0x80, 0xff]) expect(multiply(a, b)).toBe(slow(a, b))
  const sum = Uint8Array.of(1, 2, 3, 4, 5)
  addProduct(sum, Uint8Array.of(9, 8, 7, 6, 5), 0x1d)
  expect([...sum]).toEqual([9, 8, 7, 6, 5].map((x, i) => slow(x, 0x1d) ^ (i + 1)))
})

// Russian peasants: no table.
function slow(a: number, b: number): number {
  let product = 0
  for (let bit = 0, x = a; bit < 8; bit++, x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1) {
    if ((b >> bit) & 1) product ^= x
  }
  return product
}

const code = fc
  .record({ count: fc.integer({ min: 1, max: 255 }), bytes: fc.integer({ min: 0, max: 40 }) })
  .chain(({ count, bytes }) =>
    fc.record({
      data: fc.array(fc.uint8Array({ minLength: bytes, maxLength: bytes }), {
        minLength: count,
        maxLength: count,
      }),
      // Any shards of all 256, in any order.
      numbers: fc.shuffledSubarray(elements, { minLength: 0, maxLength: 256 }),
    }),
  )

test("any K of K+M shards rebuild all data, and fewer rebuild none", () => {
  fc.assert(
    fc.property(code, ({ data, numbers }) => {
      const shardOf = (number: number): Uint8Array =>
        number < data.length ? (data[number] as Uint8Array) : repairShard(data, number)
      const received = new Map(numbers.slice(0, data.length).map((number) => [number, shardOf(number)]))
      const rebuilt = rebuildShards(data.length, received)
      if (received.size < data.length) expect(rebuilt).toBeNull()
      else expect(rebuilt).toEqual(data)
    }),
    { numRuns: 150 },
  )
})

test("a false shard is not seen, and makes false data: callers must check a hash", () => {
  const data = [Uint8Array.of(1, 2), Uint8Array.of(3, 4)]
  const poisoned = repairShard(data, 2)
  poisoned[0] = (poisoned[0] as number) ^ 1
  expect(
    rebuildShards(
      2,
      new Map([
        [1, data[1] as Uint8Array],
        [2, poisoned],
      ]),
    ),
  ).not.toEqual(data)
})

describe("bounds are checked before anything is allocated", () => {
  const shard = new Uint8Array(4)
  const long = { length: MAX_SHARD_BYTES + 1 } as Uint8Array
  test.each<readonly [string, () => unknown]>([
    ["no data", () => repairShard([], 1)],
    [
      "256 data shards",
      () =>
        repairShard(
          Array.from({ length: 256 }, () => shard),
          256,
        ),
    ],
    ["a repair shard past the last", () => repairShard([shard], 256)],
    ["a data shard asked for as repair", () => repairShard([shard, shard], 1)],
    ["half a number", () => repairShard([shard], 1.5)],
    ["shards of two lengths", () => repairShard([shard, new Uint8Array(5)], 2)],
    ["a shard too long", () => repairShard([long], 1)],
    ["a count of 0", () => rebuildShards(0, new Map())],
    ["a count of 10^9", () => rebuildShards(1e9, new Map([[0, shard]]))],
    ["a count that is none", () => rebuildShards(Number.NaN, new Map())],
    ["a negative number", () => rebuildShards(1, new Map([[-1, shard]]))],
    [
      "received shards of two lengths",
      () =>
        rebuildShards(
          2,
          new Map([
            [0, shard],
            [1, new Uint8Array(3)],
          ]),
        ),
    ],
    ["a received shard too long", () => rebuildShards(1, new Map([[0, long]]))],
  ])("%s", (_, act) => {
    expect(act).toThrowError(expect.objectContaining({ code: "out-of-bounds" }))
  })
})
