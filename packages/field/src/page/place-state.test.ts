import { expect, test } from "vitest"
import type { GazetteerPlace } from "../place/index.ts"
import { type Chosen, type PlaceRefs, readPlace, savePlace } from "./place-state.ts"

const province: GazetteerPlace = {
  id: "gn:1159456",
  kind: "province",
  fa: "استان",
  en: "Province",
  others: [],
  within: null,
  at: null,
  people: 0,
}
const town: GazetteerPlace = {
  ...province,
  id: "gn:1",
  kind: "town",
  fa: "شهر",
  en: "Town",
  within: province,
}
const point = { lat: 29_500, lon: 60_850 }
const here = { precision: "town", isCoarser: false, near: null, point } as const

function refs(chosen: Chosen, typed: readonly [string, string]): PlaceRefs {
  const [name, provinceName] = typed.map((value) => ({ current: { value } as HTMLInputElement }))
  return {
    name: name as PlaceRefs["name"],
    province: provinceName as PlaceRefs["province"],
    chosen,
    choose: () => undefined,
    precision: "town",
    setPrecision: () => undefined,
    typed: { name: "", province: "" },
  }
}

test.each<[string, Chosen, readonly [string, string]]>([
  ["chosen from the list", { from: "list", place: town, language: "fa" }, ["", ""]],
  ["given by the phone", { from: "phone", here, language: "fa", nameless: "همین‌جا" }, ["", ""]],
  ["named by hand where the phone is", { from: "phone", here, language: "fa", nameless: "-" }, ["پل", ""]],
])("a place that was %s says the same after it was saved", (_, chosen, typed) => {
  const before = refs(chosen, typed)
  const { found } = savePlace(before)
  expect(found).not.toBe(null)
  const after = refs({ from: "saved", place: found as NonNullable<typeof found> }, ["", ""])
  const said = readPlace(before)
  expect(readPlace(after)).toEqual({ ...said, province: said?.province || null })
  expect(savePlace(after).found).toEqual(found)
})

test("what was typed is saved as it was typed", () => {
  expect(savePlace(refs({ from: "nothing" }, ["پل", "البرز"]))).toEqual({
    name: "پل",
    province: "البرز",
    precision: "town",
    found: null,
  })
})
