import { expect, test } from "vitest"
import { isNothing, NOTHING, press, type Sum, windowOf } from "./sum.ts"

function after(keys: string): Sum {
  return keys.split(" ").reduce(press, NOTHING)
}

test("a calculator counts", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["1 2 + 3 =", "15"],
    ["0 . 1 + 0 . 2 =", "0.3"],
    ["2 + 3 * 4 =", "20"],
    ["9 - - 4 =", "5"],
    ["9 + - 4 =", "5"],
    ["5 + 1 = = =", "8"],
    ["2 0 0 + 1 0 % =", "220"],
    ["5 0 * 1 0 % =", "5"],
    ["7 sign + 1 0 =", "3"],
    ["1 / 3 * 3 =", "1"],
    ["8 / 0 =", null],
    ["8 / 0 = 4", "4"],
    ["8 / 0 = +", "0"],
    ["1 2 3 erase", "12"],
    ["1 erase", "0"],
    ["1 . . 5", "1.5"],
    ["0 0 7", "7"],
    ["9 9 clear", "0"],
    ["1 2 3 4 5 6 7 8 9 0 1 2 3", "123456789012"],
    ["5 + = ", "10"],
  ]
  for (const [keys, window] of cases) expect(windowOf(after(keys.trim())), keys).toBe(window)
})

test("nothing is nothing only until something is typed", () => {
  expect(isNothing(NOTHING)).toBe(true)
  expect(isNothing(after("=")) && isNothing(after("= = = ="))).toBe(true)
  expect(isNothing(after("5"))).toBe(false)
  expect(isNothing(after("0 + "))).toBe(false)
  expect(isNothing(after("5 clear"))).toBe(true)
})
