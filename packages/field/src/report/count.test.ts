import { expect, test } from "vitest"
import { readCount } from "./index.ts"

test.each([
  ["3", 3],
  ["۱۲", 12],
  ["٤٥", 45],
  [" 1,200 ", 1_200],
  ["۱٬۲۰۰", 1_200],
  ["\u200e7\u200f", 7],
  ["0", 0],
  ["10000000", 10_000_000],
])("%s is a number of people", (text, count) => expect(readCount(text)).toBe(count))

test.each(["", " ", "many", "3 or 4", "-1", "1.5", "۳/۵", "10000001", "999999999"])("%s is none", (text) =>
  expect(readCount(text)).toBeNull(),
)
