import { expect, test } from "vitest"
import { createPace, type Pace } from "./pace.ts"

interface Request {
  readonly cells: number
  readonly startedAt: number
  readonly deliveredBefore: number
  leftCells: number
  answerAt: number
}

/**
 * Sends so many cells over a line that its requests share evenly, in steps of 5 ms.
 *
 * @returns seconds, and most cells under way at once in the second half.
 */
function carry(
  pace: Pace,
  { cells, cellsPerSecond, delayMs }: { cells: number; cellsPerSecond: number; delayMs: number },
): { seconds: number; mostUnderWay: number } {
  const stepMs = 5
  let [now, left, delivered, nextAt, mostUnderWay] = [0, cells, 0, 0, 0]
  let underWay: Request[] = []
  while (delivered < cells) {
    now += stepMs
    while (left > 0 && underWay.length < pace.lanes() && (underWay.length === 0 || now >= nextAt)) {
      const count = Math.min(left, pace.bundleCells())
      left -= count
      const answerAt = Number.POSITIVE_INFINITY
      underWay.push({ cells: count, startedAt: now, deliveredBefore: delivered, leftCells: count, answerAt })
      nextAt = now + pace.gapMs(count)
    }
    if (left < cells / 2)
      mostUnderWay = Math.max(
        mostUnderWay,
        underWay.reduce((sum, one) => sum + one.cells, 0),
      )
    const sending = underWay.filter((one) => one.leftCells > 0)
    for (const one of sending) {
      one.leftCells -= (cellsPerSecond * stepMs) / 1000 / sending.length
      if (one.leftCells <= 0) one.answerAt = now + delayMs
    }
    for (const one of underWay.filter(({ answerAt }) => answerAt <= now)) {
      delivered += one.cells
      pace.answered(now - one.startedAt, delivered - one.deliveredBefore)
    }
    underWay = underWay.filter(({ answerAt }) => answerAt > now)
  }
  return { seconds: now / 1000, mostUnderWay }
}

test("a line of 30 kbit/s has one cell under way, now and then two", () => {
  const { seconds, mostUnderWay } = carry(createPace(), { cells: 60, cellsPerSecond: 0.228, delayMs: 600 })
  expect(mostUnderWay).toBeLessThanOrEqual(2)
  expect(seconds).toBeLessThan(1.15 * (60 / 0.228))
})

test("a line of 400 kbit/s with 600 ms of delay is never idle for long, and has little to lose", () => {
  const { seconds, mostUnderWay } = carry(createPace(), { cells: 1_250, cellsPerSecond: 3.05, delayMs: 600 })
  expect(mostUnderWay).toBeLessThanOrEqual(6)
  expect(seconds).toBeLessThan(1.05 * (1_250 / 3.05))
})

test.each([
  ["a good line", 1_200, 50, 12_000],
  ["a good line with the delay of Tor", 60, 3_000, 3_000],
])("%s is used", (_, cellsPerSecond, delayMs, cells) => {
  const { seconds } = carry(createPace(), { cells, cellsPerSecond, delayMs })
  expect(seconds).toBeLessThan(1.8 * (cells / cellsPerSecond) + 0.02 * delayMs)
})

test("what takes too long is made smaller, down to a single cell", () => {
  const pace = createPace()
  carry(pace, { cells: 12_000, cellsPerSecond: 1_200, delayMs: 50 })
  expect(pace.bundleCells()).toBeGreaterThan(1)
  for (let i = 0; i < 5; i++) pace.tooMuch()
  expect([pace.lanes(), pace.bundleCells()]).toEqual([1, 1])
})

test("a line that becomes better is used again", () => {
  const pace = createPace()
  carry(pace, { cells: 20, cellsPerSecond: 0.228, delayMs: 600 })
  const { seconds } = carry(pace, { cells: 1_250, cellsPerSecond: 3.05, delayMs: 600 })
  expect(seconds).toBeLessThan(1.1 * (1_250 / 3.05))
})
