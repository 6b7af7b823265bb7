import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes } from "../bytes/index.ts"
import { CELL_BYTES, cellId, decodeBitmap, encodeBitmap, padme, splitBundle } from "./index.ts"

const cells = Array.from({ length: 6 }, (_, i) => new Uint8Array(CELL_BYTES).fill(i + 1))
const ids = await Promise.all(cells.map((cell) => cellId(cell, p)))

test("a bundle is a set: order, repetition and cuts change only what is missing", async () => {
  const pick = fc.array(fc.nat({ max: cells.length - 1 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(pick, fc.nat({ max: CELL_BYTES * 12 }), async (order, cut) => {
      const whole = concatBytes(...order.map((i) => cells[i] as Uint8Array))
      const received = whole.subarray(0, Math.min(cut, whole.length))
      const bundle = splitBundle(received)
      expect(bundle.cells.length * CELL_BYTES + bundle.cutBytes).toBe(received.length)
      expect(bundle.cutBytes).toBeLessThan(CELL_BYTES)
      const names = await Promise.all(bundle.cells.map((cell) => cellId(cell, p)))
      expect(names).toEqual(order.slice(0, bundle.cells.length).map((i) => ids[i]))
    }),
    { numRuns: 300 },
  )
})

test("a flipped bit costs its own cell and no other", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: cells.length * CELL_BYTES - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const received = concatBytes(...cells)
      received[at] = (received[at] as number) ^ (1 << bit)
      const names = await Promise.all(splitBundle(received).cells.map((cell) => cellId(cell, p)))
      const changed = names.flatMap((name, i) => (name === ids[i] ? [] : [i]))
      expect(changed).toEqual([Math.floor(at / CELL_BYTES)])
    }),
    { numRuns: 200 },
  )
})

test("a bitmap says one thing, in one spelling", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 70 }), fc.nat({ max: 7 }), (bits, bit) => {
      const bitmap = encodeBitmap(bits)
      expect(decodeBitmap(bitmap, bits.length)).toEqual(bits)
      expect(decodeBitmap(concatBytes(bitmap, Uint8Array.of(0)), bits.length)).toBeNull()
      if (bitmap.length > 0) expect(decodeBitmap(bitmap.subarray(1), bits.length)).toBeNull()
      if (bits.length % 8 > bit || bits.length % 8 === 0) return
      const last = bitmap.length - 1
      bitmap[last] = (bitmap[last] as number) | (0x80 >> bit)
      expect(decodeBitmap(bitmap, bits.length)).toBeNull()
    }),
    { numRuns: 500 },
  )
})

/** Padmé in whole numbers alone, as the paper's algorithm 1 clears the low bits. */
function padmeByBits(length: bigint): bigint {
  const bits = (n: bigint): bigint => BigInt(n.toString(2).length - 1)
  const exponent = bits(length)
  const cleared = exponent === 0n ? 0n : exponent - bits(exponent) - 1n
  const mask = (1n << (cleared > 0n ? cleared : 0n)) - 1n
  return (length + mask) & ~mask
}

test("Padmé is what the paper's bit formula says", () => {
  for (let count = 1; count <= 5_000; count++) expect(padme(count)).toBe(Number(padmeByBits(BigInt(count))))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: -2, max: 2 }),
      fc.bigInt(0n, 2n ** 40n),
      (e, near, any) => {
        for (const count of [2n ** BigInt(e) + BigInt(near), any]) {
          if (count < 1n) continue
          const total = padme(Number(count))
          expect(BigInt(total)).toBe(padmeByBits(count))
          expect(padme(total)).toBe(total)
          expect(total).toBeLessThanOrEqual(Number(count) * 1.12)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
