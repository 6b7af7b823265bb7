import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, equalBytes } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { readCarriedFile, unveil, veil, VEILED_CELL_BYTES } from "./index.ts"

const cells = Array.from({ length: 150 }, () => p.random(CELL_BYTES))
const veils = await Promise.all(cells.map((cell) => veil(cell, p)))

async function* chunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    // A copy that is spoilt afterwards: whoever kept a view of it would be found out.
    const chunk = bytes.slice(at, at + size)
    yield chunk
    chunk.fill(0)
    at += size
  }
}

async function read(
  bytes: Uint8Array,
  sizes: readonly number[] = [65_536],
): Promise<{ kind: string; cells: Uint8Array[]; damaged: number; cutBytes: number }> {
  const seen: Uint8Array[] = []
  const file = await readCarriedFile(chunks(bytes, sizes), p, async (batch) => {
    for (const cell of batch) seen.push(cell.slice())
  })
  expect(file.cells).toBe(seen.length)
  return { ...file, cells: seen }
}

const sameCells = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((cell, i) => equalBytes(cell, b[i] as Uint8Array))

test("a veiled file and a plain one give the same cells, in pieces of any size", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 150 }),
      fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 6 }),
      async (count, sizes) => {
        const veiled = await read(concatBytes(...veils.slice(0, count)), [...sizes, 65_536])
        const plain = await read(concatBytes(...cells.slice(0, count)), [...sizes, 65_536])
        expect([veiled.kind, plain.kind]).toEqual(["veiled", "plain"])
        for (const file of [veiled, plain]) {
          expect(sameCells(file.cells, cells.slice(0, count))).toBe(true)
          expect([file.damaged, file.cutBytes]).toEqual([0, 0])
        }
      },
    ),
    { seed: 20210222, numRuns: 12 },
  )
})

test("cuts, flips, repeats and mixtures cost nothing but what they touch", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 149 }), { minLength: 3, maxLength: 90 }),
      fc.array(fc.double({ min: 0, max: 0.9999, noNaN: true }), { maxLength: 5 }),
      fc.integer({ min: 0, max: VEILED_CELL_BYTES - 1 }),
      async (order, flips, cut) => {
        const whole = concatBytes(...order.map((index) => veils[index] as Uint8Array))
        const touched = new Set<number>()
        for (const share of flips) {
          const at = Math.floor(share * whole.length)
          whole[at] = (whole[at] as number) ^ 0x10
          touched.add(Math.floor(at / VEILED_CELL_BYTES))
        }
        // Two flips of one bit undo each other: that is no damage.
        const spoilt: number[] = []
        for (const index of touched) {
          const piece = whole.subarray(index * VEILED_CELL_BYTES, (index + 1) * VEILED_CELL_BYTES)
          if ((await unveil(piece, p)) === null) spoilt.push(index)
        }
        const last = order.length - 1
        const file = await read(whole.subarray(0, whole.length - cut))
        const kept = order.filter((_, i) => !spoilt.includes(i) && (cut === 0 || i < last))
        if (kept.length === 0) return
        expect(file.kind).toBe("veiled")
        expect(
          sameCells(
            file.cells,
            kept.map((index) => cells[index] as Uint8Array),
          ),
        ).toBe(true)
        expect(file.damaged).toBe(spoilt.filter((index) => cut === 0 || index < last).length)
        expect(file.cutBytes).toBe(cut === 0 ? 0 : VEILED_CELL_BYTES - cut)
      },
    ),
    { seed: 20210224, numRuns: 40 },
  )
})

test("a handler that fails ends the reading, and the source is let go", async () => {
  let letGo = false
  async function* source(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) yield concatBytes(...veils.slice(0, 40))
    } finally {
      letGo = true
    }
  }
  const failing = readCarriedFile(source(), p, () => Promise.reject(new Error("full")))
  await expect(failing).rejects.toThrow("full")
  expect(letGo).toBe(true)
})

test("what lies under a veil shows in none of its bytes, and never twice the same", async () => {
  const zeros = new Uint8Array(CELL_BYTES)
  const [first, second] = [await veil(zeros, p), await veil(zeros, p)]
  expect(equalBytes(first, second)).toBe(false)
  const counts = new Map<number, number>()
  for (let i = 0; i < 40; i++) {
    for (const byte of await veil(zeros, p)) counts.set(byte, (counts.get(byte) ?? 0) + 1)
  }
  const expected = (40 * VEILED_CELL_BYTES) / 256
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  // 255 ± 23 for random bytes; this is beyond eight standard deviations.
  expect(counts.size).toBe(256)
  expect(chiSquared).toBeLessThan(450)
})
