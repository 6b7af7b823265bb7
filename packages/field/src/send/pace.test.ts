import { expect, test } from "vitest"
import { createPace, type Pace } from "./pace.ts"

/** Answers as a line of so many cells a second and so much delay would give them, for `rounds` of a full window. */
function run(pace: Pace, cellsPerSecond: number, delayMs: number, rounds: number): number {
  for (let round = 0; round < rounds; round++) {
    const [lanes, cells] = [pace.lanes(), pace.bundleCells()]
    // Lanes share the line: each is answered when its share is through.
    const ms = delayMs + (1000 * lanes * cells) / cellsPerSecond
    for (let lane = 0; lane < lanes; lane++) pace.answered(cells, ms)
  }
  return pace.lanes() * pace.bundleCells()
}

test("a line of 30 kbit/s has one cell under way, or two for a while", () => {
  const pace = createPace()
  let most = 0
  for (let i = 0; i < 100; i++) most = Math.max(most, run(pace, 0.23, 600, 1))
  expect(most).toBeLessThanOrEqual(2)
})

test("a line of 400 kbit/s has enough under way to be busy, and little to lose", () => {
  const under = run(createPace(), 3, 600, 40)
  expect(under).toBeGreaterThanOrEqual(2)
  expect(under).toBeLessThanOrEqual(6)
})

test("a good line, and a good line with long delay, reach full bundles", () => {
  expect(run(createPace(), 6_000, 20, 40)).toBe(256)
  expect(run(createPace(), 2_000, 4_000, 40)).toBe(256)
})

test("what takes too long, or does not come through, is made smaller down to a single cell", () => {
  const pace = createPace()
  run(pace, 6_000, 20, 40)
  pace.tooSlow()
  expect(pace.lanes() * pace.bundleCells()).toBe(64)
  for (let i = 0; i < 10; i++) pace.failed()
  expect([pace.lanes(), pace.bundleCells()]).toEqual([1, 1])
})

test("a line that becomes better is used again", () => {
  const pace = createPace()
  run(pace, 0.23, 600, 10)
  expect(run(pace, 6_000, 20, 200)).toBe(256)
})
