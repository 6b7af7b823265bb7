import { expect, test } from "vitest"
import type { Claim } from "./claim.ts"
import { formatDate, formatDateOther, formatPeriod, formatPeriodOther } from "./format.ts"
import { formatRange, seriesRanges } from "./range.ts"

const base: Claim = {
  id: "S01",
  measure: "killed",
  low: 3,
  high: 3,
  bound: "exactly",
  group: "protester",
  series: "22-feb",
  scope: { fa: "مرز", en: "the border" },
  said: { fa: "سه کشته", en: "three dead" },
  claimant: { name: { fa: "نماینده سراوان", en: "MP for Saravan" }, kind: "official" },
  carriedBy: null,
  url: null,
  asOf: "2021-02-23",
  grade: { reliability: "C", credibility: 3 },
  reportingUnits: 1,
}
const atLeast = { low: 10, high: null, bound: "at-least" } as const
const amnesty: Claim = {
  ...base,
  ...atLeast,
  id: "S08",
  claimant: { name: { fa: "عفو بین‌الملل", en: "Amnesty International" }, kind: "ngo" },
  asOf: "2021-03-02",
  grade: { reliability: "B", credibility: 2 },
}
const rumour: Claim = { ...amnesty, id: "S03", low: 36, grade: { reliability: "E", credibility: 3 } }
const line = (claims: readonly Claim[]): string | null => {
  const [range] = seriesRanges(claims)
  return range === undefined ? null : formatRange(range, "en")
}

test("officials and an open end", () => {
  expect(line([base, amnesty])).toBe(
    "3 (officials) to at least 10 (Amnesty International), as of 2 March 2021",
  )
  const [range] = seriesRanges([base, amnesty])
  expect(range && formatRange(range, "fa")).toBe(
    "از ۳ (مقام‌های رسمی) تا دست‌کم ۱۰ (عفو بین‌الملل)، تا ۱۲ اسفند ۱۳۹۹",
  )
})

test("a claim graded too low is listed and does not move the range", () => {
  const [range] = seriesRanges([base, amnesty, rumour])
  expect(range?.ends?.high.value).toBe(10)
  expect(range?.aside.map((c) => c.id)).toEqual(["S03"])
  expect(line([rumour])).toBeNull()
  // Each half of the grade alone is enough to set it aside.
  const doubtful = { ...rumour, grade: { reliability: "A", credibility: 4 } } as const
  expect(seriesRanges([base, doubtful])[0]?.aside).toEqual([doubtful])
})

test("series are never put together", () => {
  const twoDays: Claim = { ...amnesty, id: "S05", low: 40, series: "22-23-feb" }
  const ranges = seriesRanges([base, twoDays, amnesty])
  expect(ranges.map((r) => [r.series, r.ends?.low.value, r.ends?.high.value])).toEqual([
    ["22-feb", 3, 10],
    ["22-23-feb", 40, 40],
  ])
})

test("one number alone, closed, open or approximate", () => {
  expect(line([base])).toBe("3 (officials), as of 23 February 2021")
  expect(line([amnesty])).toBe("at least 10 (Amnesty International), as of 2 March 2021")
  expect(line([{ ...amnesty, bound: "about" }])).toBe("about 10 (Amnesty International), as of 2 March 2021")
  expect(line([{ ...base, low: 3, high: 5 }])).toBe("3 (officials) to 5 (officials), as of 23 February 2021")
})

test('"at least" is put in nobody\'s mouth who said an exact number', () => {
  const exactly: Claim = { ...amnesty, id: "S10", low: 10, high: 10, bound: "exactly" }
  expect(line([base, { ...amnesty, low: 3 }])).toBe(
    "3 (officials) to at least 3 (Amnesty International), as of 2 March 2021",
  )
  expect(seriesRanges([amnesty, exactly])[0]?.ends?.high).toMatchObject({ value: 10, open: true })
})

test("claims without a number stand aside", () => {
  const shutdown: Claim = {
    ...base,
    measure: "shutdown",
    low: null,
    high: null,
    bound: "none",
    group: "none",
  }
  expect(seriesRanges([shutdown])[0]).toMatchObject({ ends: null, counted: [] })
})

test("the order of claims does not change a range", () => {
  expect(seriesRanges([amnesty, base])[0]?.ends).toEqual(seriesRanges([base, amnesty])[0]?.ends)
})

test("days stand in both calendars, with their precision in words", () => {
  expect(formatDate("2021-02-22", "fa")).toBe("۴ اسفند ۱۳۹۹")
  expect(formatDateOther("2021-02-22", "fa")).toBe("۲۲ فوریهٔ ۲۰۲۱")
  expect(formatDate("2021-02-22", "en")).toBe("22 February 2021")
  expect(formatDateOther("2021-02-22", "en")).toBe("4 Esfand 1399")
  expect(formatDate("2021-03", "fa")).toBe("مارس ۲۰۲۱")
  const period = { from: "2021-02-22", to: "2021-02-23", about: true }
  expect(formatPeriod(period, "en")).toBe("about 22 February 2021 to 23 February 2021")
  expect(formatPeriodOther(period, "fa")).toBe("از ۲۲ فوریهٔ ۲۰۲۱ تا ۲۳ فوریهٔ ۲۰۲۱")
})
