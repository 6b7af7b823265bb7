import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { BODY_BYTES, CELL_BYTES, cellId } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { cutCells } from "./index.ts"

const CELLS = 40
const ciphertext = new Uint8Array(CELLS * BODY_BYTES).map((_, i) => (i * 7) >> 3)
const forget = nodePrimitives.random(32)

async function* inPieces(bytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < ciphertext.length; at += bytes) yield ciphertext.subarray(at, at + bytes)
}

/** A platform whose hashes come later, and not in the order in which they were asked for. */
const later: Primitives = {
  ...nodePrimitives,
  sha256: async (bytes) => {
    const digest = await nodePrimitives.sha256(bytes)
    for (let turns = (digest[0] as number) % 16; turns > 0; turns--) await Promise.resolve()
    return digest
  },
}

test.each([
  ["at once", nodePrimitives, 1],
  ["later", later, 8],
])(
  "cells come in order under their names where hashes come %s, in memory that is used again",
  async (_, p, most) => {
    for (const bytes of [1_000, BODY_BYTES, 65_552, ciphertext.length]) {
      const memory = new Set<ArrayBufferLike>()
      let at = 0
      for await (const cell of cutCells(inPieces(bytes), forget, { run: "attachment", next: 0 }, p)) {
        expect(cell.id).toBe(await cellId(cell.bytes, nodePrimitives))
        expect(cell.bytes.length).toBe(CELL_BYTES)
        const body = ciphertext.subarray(at, at + BODY_BYTES)
        expect(Buffer.compare(cell.bytes.subarray(0, BODY_BYTES), body)).toBe(0)
        memory.add(cell.bytes.buffer)
        at += BODY_BYTES
      }
      expect(at).toBe(ciphertext.length)
      expect(memory.size).toBeLessThanOrEqual(most + 1)
    }
  },
)

test("a hash that fails ends the cells, and none is left to fail alone", async () => {
  const failing: Primitives = { ...later, sha256: () => Promise.reject(new Error("no hash today")) }
  const cells = cutCells(inPieces(65_552), forget, { run: "attachment", next: 0 }, failing)
  await expect(cells.next()).rejects.toThrow("no hash today")
})
