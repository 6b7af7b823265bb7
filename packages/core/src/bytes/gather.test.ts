import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, gatherBytes } from "./index.ts"

async function* lent(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  const memory = new Uint8Array(5_000)
  for (const piece of pieces) {
    memory.set(piece)
    yield memory.subarray(0, piece.length)
    memory.fill(0xaa)
  }
}

test("a stream of any pieces becomes one array, though each piece is changed after its turn", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 20 }), async (pieces) => {
      const whole = await gatherBytes(lent(pieces))
      expect(Buffer.compare(whole, concatBytes(...pieces))).toBe(0)
      expect(whole.byteLength).toBe(whole.buffer.byteLength)
    }),
    { numRuns: 100 },
  )
})
