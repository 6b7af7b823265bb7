import { parseReport } from "@govah/core/report"
import { expect, test } from "vitest"
import { type GazetteerPlace, type HerePrecision, roundHere } from "./index.ts"

const place = (id: string, lat: number, lon: number): GazetteerPlace => ({
  id,
  kind: "town",
  fa: id,
  en: null,
  others: [],
  within: null,
  at: { lat, lon },
  people: 0,
})
const list = [place("saravan", 27_370, 62_330), place("khash", 28_220, 61_210)]
const at = { lat: 27.373_81, lon: 62.341_97 }

test.each([
  ["point", { lat: 27_374, lon: 62_342 }],
  ["town", { lat: 27_350, lon: 62_350 }],
  ["county", { lat: 27_250, lon: 62_250 }],
  ["province", null],
] as const)("rounds to %s", (wanted, point) => {
  const here = roundHere(at, 10, wanted, list)
  expect(here).toMatchObject({ precision: wanted, isCoarser: false, point, near: { id: "saravan" } })
  // As a report's schema demands it.
  const said = { name: "x", province: null, precision: wanted, ...(point === null ? {} : { point }) }
  expect(parseReport({ ...REPORT, place: said })).toHaveProperty("report")
})

const REPORT = {
  type: "observation",
  language: "fa",
  text: "x",
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "nothing", notBefore: null },
}

test("all who are in one square of the grid say the same, the name of the nearest town too", () => {
  for (const wanted of ["town", "county", "province"] as const) {
    const step = wanted === "town" ? 0.05 : 0.25
    const said = new Set<string>()
    for (let n = 0; n < 400; n++) {
      const [north, east] = [((n * 37) % 399) / 400 - 0.5, ((n * 53) % 397) / 400 - 0.5]
      const here = roundHere({ lat: 27.5 + north * step, lon: 62 + east * step }, 5, wanted, list)
      said.add(JSON.stringify([here.point, here.near?.id]))
    }
    expect(said.size).toBe(1)
  }
})

test.each([
  [5, "point"],
  [300, "point"],
  [301, "town"],
  [5_001, "county"],
  [30_001, "province"],
  [Number.NaN, "province"],
] as [number, HerePrecision][])(
  "a place that may be off by %d m is never said more exactly than %s",
  (accuracy, most) => {
    expect(roundHere(at, accuracy, "point", list)).toMatchObject({
      precision: most,
      isCoarser: most !== "point",
    })
    expect(roundHere(at, accuracy, "province", list).precision).toBe("province")
  },
)

test("where no town is near, none is named; the other side of the world's edge is near", () => {
  expect(roundHere({ lat: 0, lon: 0 }, 10, "town", list).near).toBeNull()
  const east = [place("east", -16_500, 179_950)]
  expect(roundHere({ lat: -16.5, lon: -179.95 }, 10, "town", east).near?.id).toBe("east")
  expect(roundHere({ lat: -0.0001, lon: -0.0001 }, 10, "town", list).point).toEqual({ lat: 0, lon: 0 })
})
