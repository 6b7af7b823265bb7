import { describe, expect, test } from "vitest"
import { buildReport, isoOfPersian, parseWhen, persianDay, ReportError } from "./index.ts"

describe("when", () => {
  test.each([
    ["2021-02-22", { from: "2021-02-22", to: null, about: false }],
    ["~2021-02-22", { from: "2021-02-22", to: null, about: true }],
    ["about 2021-02-22", { from: "2021-02-22", to: null, about: true }],
    ["2021-02-22..2021-02-25", { from: "2021-02-22", to: "2021-02-25", about: false }],
    ["2021-02", { from: "2021-02-01", to: "2021-02-28", about: true }],
    ["2020", { from: "2020-01-01", to: "2020-12-31", about: true }],
    ["1399-12-04", { from: "2021-02-22", to: null, about: false }],
    ["۱۳۹۹/۱۲/۴", { from: "2021-02-22", to: null, about: false }],
    ["1399-12", { from: "2021-02-19", to: "2021-03-20", about: true }],
  ])("%s", (text, period) => expect(parseWhen(text)).toEqual(period))

  test.each([
    "",
    "yesterday",
    "2021-02-30",
    "2021-13",
    "2021-00-01",
    "1400-12-30",
    "21-02-22",
    "2021-02-25..2021-02-22",
    "2021-02-22..",
    "2021..2022..2023",
    "2021-02-22T10:00",
  ])("refuses %s", (text) =>
    expect(() => parseWhen(text)).toThrow(expect.objectContaining({ code: "bad-date" })),
  )

  test("every day of two hundred Persian years goes there and back", () => {
    for (let time = Date.UTC(1921, 2, 21); time < Date.UTC(2121, 2, 21); time += 86_400_000 * 3) {
      const iso = new Date(time).toISOString().slice(0, 10)
      expect(isoOfPersian(persianDay(iso))).toBe(iso)
    }
  })
})

describe("a report", () => {
  test("says least where nothing was said", () => {
    expect(buildReport({ text: " words " }, 0)).toEqual({
      type: "observation",
      language: "und",
      text: "words",
      place: null,
      period: null,
      basis: "circulating",
      claims: [],
      action: null,
      consent: { publish: "nothing", notBefore: null },
    })
  })

  test("may be a file alone, a claim alone, or an action alone", () => {
    expect(buildReport({}, 1).text).toBe("")
    expect(
      buildReport({ claims: [{ measure: "killed", low: 3, bound: "at-least" }] }, 0).claims[0],
    ).toMatchObject({ low: 3, high: null, group: "unknown", source: null })
    expect(buildReport({ action: { kind: "poster" } }, 0)).toMatchObject({
      type: "action",
      action: { kind: "poster", campaign: null },
    })
  })

  test("gives its source to claims that name none, and leaves the others", () => {
    const source = { name: "A", kind: "media", carriedBy: null, url: null, saidOn: "2021-02" } as const
    const report = buildReport(
      {
        source,
        claims: [
          { measure: "killed", low: 2 },
          { measure: "injured", source: null },
        ],
      },
      0,
    )
    expect(report.claims.map((claim) => claim.source?.name ?? null)).toEqual(["A", null])
    expect(report.claims.map(({ low, high, bound }) => [low, high, bound])).toEqual([
      [2, 2, "exactly"],
      [null, null, "none"],
    ])
  })

  test.each([
    ["empty", {}],
    ["empty", { text: "   " }],
    ["too-long", { text: "x".repeat(100_001) }],
    ["bad-date", { text: "x", at: "2021-02-31" }],
    ["bad-date", { text: "x", consent: { publish: "all", notBefore: "2021-02" } }],
    ["bad-place", { text: "x", place: "p".repeat(301) }],
    ["bad-claim", { claims: [{ measure: "killed", low: 5, high: 3 }] }],
    ["bad-claim", { claims: [{ measure: "killed", low: -1 }] }],
    ["bad-choice", { text: "x", basis: "guessed" as "saw" }],
  ] as const)("is refused as %s", (code, input) => {
    expect(() => buildReport(input, 0)).toThrow(ReportError)
    expect(() => buildReport(input, 0)).toThrow(expect.objectContaining({ code }))
  })
})
