import fc from "fast-check"
import { expect, test } from "vitest"
import { add, type Decimal, divide, formatDecimal, multiply, parseDecimal, subtract } from "./decimal.ts"

const shown = (value: Decimal | null): string | null => (value === null ? null : formatDecimal(value))

test("sums that a computer's own numbers get wrong are right", () => {
  expect(shown(add(parseDecimal("0.1"), parseDecimal("0.2")))).toBe("0.3")
  expect(shown(subtract(parseDecimal("0.3"), parseDecimal("0.1")))).toBe("0.2")
  expect(shown(multiply(parseDecimal("1.1"), parseDecimal("1.1")))).toBe("1.21")
  expect(shown(multiply(parseDecimal("-1.005"), parseDecimal("100")))).toBe("-100.5")
  expect(shown(divide(parseDecimal("0.3"), parseDecimal("0.1")))).toBe("3")
})

test("what has no end is rounded, what is too long is not shown, and nothing is divided by nothing", () => {
  expect(shown(divide(parseDecimal("2"), parseDecimal("3")))).toBe("0.66666666667")
  expect(shown(divide(parseDecimal("-1"), parseDecimal("3")))).toBe("-0.33333333333")
  expect(shown(divide(parseDecimal("1"), parseDecimal("0.00003")))).toBe("33333.3333333")
  expect(shown(multiply(parseDecimal("999999999999"), parseDecimal("999999999999")))).toBe(null)
  expect(shown(divide(parseDecimal("5"), parseDecimal("0.0")))).toBe(null)
  expect(shown(divide(parseDecimal("0"), parseDecimal("7")))).toBe("0")
})

test("what is half typed is a number", () => {
  expect([".", "-", "", "5.", "-.5", "007"].map((text) => shown(parseDecimal(text)))).toEqual([
    "0",
    "0",
    "0",
    "5",
    "-0.5",
    "7",
  ])
})

test("whatever is multiplied and divided again is itself, and sums agree with whole numbers", () => {
  const number = fc.integer({ min: -99_999, max: 99_999 })
  fc.assert(
    fc.property(number, number, fc.integer({ min: 0, max: 4 }), (a, b, scale) => {
      const [x, y] = [a, b].map((digits) => ({ digits: BigInt(digits), scale })) as [Decimal, Decimal]
      const unit = 10 ** scale
      expect(Number(shown(add(x, y)))).toBeCloseTo((a + b) / unit, 8)
      if (b !== 0) expect(shown(divide(multiply(x, y), y))).toBe(shown(parseDecimal(String(a / unit))))
    }),
  )
})
