import { expect, test } from "vitest"
import { formatCells, formatCount, formatDay, monthNames } from "../page/format.ts"
import { en } from "./en.ts"
import { fa } from "./fa.ts"

function texts(words: object): string[] {
  return Object.values(words).flatMap((value: unknown) => {
    if (typeof value === "string") return [value]
    if (typeof value === "function") return [(value as (...args: string[]) => string)("1", "2")]
    return texts(value as object)
  })
}

test("no words are empty, and no jargon reaches a person", () => {
  for (const words of [fa, en]) {
    for (const text of texts(words)) {
      expect(text.trim()).not.toBe("")
      expect(text).not.toMatch(/\b(cell|epoch|fold|parcel|ciphertext|payload|relay)s?\b/i)
    }
  }
})

test("Persian is written with Persian letters", () => {
  // Arabic kaf and yeh look right and are not found by those who search.
  for (const text of texts(fa)) expect(text).not.toMatch(/[كيى]/)
})

test("days, counts and sizes are in the reader's calendar and digits", () => {
  expect(formatDay("2021-02-22", fa)).toBe("۴ اسفند ۱۳۹۹")
  expect(formatDay("2021-02-22", en)).toBe("22 February 2021")
  expect(formatCount(1399, fa)).toBe("۱٬۳۹۹")
  expect(formatCells(18, en)).toBe("295 kilobytes")
  expect(monthNames(fa)).toMatchObject({ 0: "فروردین", 6: "مهر", 11: "اسفند", length: 12 })
  expect(monthNames(en)).toMatchObject({ 0: "January", 1: "February", 11: "December", length: 12 })
})
