import { expect, test } from "vitest"
import { daysBetween, silenceOf } from "./silence.ts"

const termFrom = { first: "2026-01-01", last: "2026-04-01" }

test.each([
  ["heard today", "2026-02-01", "2026-02-01", null],
  ["heard yesterday", "2026-02-01", "2026-02-02", null],
  ["silent for two weeks", "2026-02-01", "2026-02-15", "long"],
  ["silent for three months", "2026-02-01", "2026-05-02", "old-terms"],
  ["never heard, a term that goes on", null, "2026-04-20", null],
  ["never heard, and all terms are over", null, "2026-05-20", "old-terms"],
  ["silent, and all terms are over", "2026-04-15", "2026-05-20", "old-terms"],
  ["heard yesterday of a card whose terms are over", "2026-05-19", "2026-05-20", null],
  ["a clock that is years behind", "2026-02-01", "2019-02-01", "clock"],
  ["a clock before all terms, never heard", null, "1970-01-01", "clock"],
  ["a clock that is years ahead", "2026-02-01", "2041-02-01", "old-terms"],
] as const)("%s", (_, heardOn, today, silence) => {
  expect(silenceOf({ heardOn, termFrom }, today)).toBe(silence)
})

test("a day is a day over months and leap years, in both directions", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2)
  expect(daysBetween("2026-03-01", "2026-02-27")).toBe(-2)
})
