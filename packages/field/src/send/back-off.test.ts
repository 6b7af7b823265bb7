import { expect, test } from "vitest"
import { backOffMs, nextAskMs } from "./back-off.ts"

const MOST = 2 ** 32 - 1

test("each failure in a row doubles the wait, up to a quarter of an hour, and chance adds up to a half", () => {
  const waits = Array.from({ length: 12 }, (_, i) => backOffMs(i + 1, 0))
  expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(waits.at(-1)).toBe(900_000)
  for (const failures of [1, 3, 8, 10_000]) {
    expect(backOffMs(failures, MOST)).toBe(backOffMs(failures, 0) * 1.5)
    expect(backOffMs(failures, MOST / 2)).toBeGreaterThan(backOffMs(failures, 0))
  }
})

test("the desk is asked again after six to eight hours", () => {
  expect([nextAskMs(0), nextAskMs(MOST)]).toEqual([6 * 3_600_000, 8 * 3_600_000])
})
