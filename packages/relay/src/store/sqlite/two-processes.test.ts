import { expect, onTestFinished, test } from "vitest"
import { freshStore, putAll, realDeps, SHORT_BYTES, shortRows } from "../../testing/test-relay.ts"
import { openStore } from "./sqlite-store.ts"

const ROUNDS = 8
const POST_CELLS = 200

test("Two that have one store open and make room at the same time, both find it", async () => {
  const first = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  const second = openStore(first.file, realDeps, { cellBytes: SHORT_BYTES })
  onTestFinished(() => second.close())
  for (let round = 0; round < ROUNDS; round++) {
    const puts = [first, second].map((store, i) => putAll(store, shortRows(`${round} ${i}`, POST_CELLS)))
    // Whoever makes room may find that the other one has used it: then there is more to make, and not nothing left.
    expect(await Promise.all(puts)).toEqual(
      Array.from({ length: 2 }, () => ({ stored: POST_CELLS, known: 0 })),
    )
  }
  expect(await first.count()).toBe(2 * ROUNDS * POST_CELLS)
})
