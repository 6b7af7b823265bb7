import { expect, test } from "vitest"
import { countSources } from "./count-sources.ts"

const known = (unit: string) => ({ unit, standing: "known" }) as const
const anonymous = (unit: string) => ({ unit, standing: "anonymous" }) as const

test.each([
  [0, []],
  [1, [known("a"), known("a")]],
  [2, [known("a"), known("b")]],
  [1, [anonymous("x"), anonymous("y"), anonymous("z")]],
  [
    3,
    [known("a"), known("b"), anonymous("x"), anonymous("y"), { unit: "u", standing: "contested" } as const],
  ],
])("%i sources at least", (expected, senders) => {
  expect(countSources(senders)).toBe(expected)
})
