import { expect, test } from "vitest"
import { gazetteerFromTable, GazetteerError, parseGazetteer } from "./index.ts"

const HEAD = {
  title: "Iran",
  attribution: "Somebody",
  licence: "ODbL 1.0",
  country: "IR",
  countryNames: ["ایران", "Iran"],
} as const
const COLUMNS = "id\tkind\tfa\ten\talt\tlat\tlon\tadmin1_fa\tadmin2_fa\tpop\tquality"
const TABLE = [
  COLUMNS,
  "c1\tseat\tسراوان\tSaravan\tشستون|\t27.36517\t62.3391\tسیستان و بلوچستان\tسراوان\t60014\t3",
  "p1\tprovince\tسیستان و بلوچستان\tSistan and Baluchestan\t\t\t\tسیستان و بلوچستان\t\t\t",
  "d1\tcounty\tسراوان\tSaravan\t\t27.2577\t62.4915\tسیستان و بلوچستان\tسراوان\t\t3",
  "c2\tcity\tگشت\t\t\t27.78808\t61.95255\tسیستان و بلوچستان\tسراوان\t\t1",
  "",
].join("\n")

test("a table becomes a gazetteer, each place within its own, whatever their order", () => {
  const { covers, places } = parseGazetteer(gazetteerFromTable(TABLE, HEAD))
  expect(covers).toEqual(["IR"])
  expect(places.map(({ id, kind, within }) => [id, kind, within?.id ?? null])).toEqual([
    ["iso:IR", "country", null],
    ["p1", "province", "iso:IR"],
    ["d1", "district", "p1"],
    ["c1", "town", "d1"],
    ["c2", "town", "d1"],
  ])
  expect(places[3]).toMatchObject({
    fa: "سراوان",
    en: "Saravan",
    others: ["شستون"],
    at: { lat: 27_365, lon: 62_339 },
    people: 60,
  })
  // Its place is a guess: the name alone is taken.
  expect(places[4]?.at).toBeNull()
})

test("what a table calls alike gets a number", () => {
  const { places } = parseGazetteer(gazetteerFromTable(TABLE.replace("c2", "c1"), HEAD))
  expect(places.slice(3).map(({ id, fa }) => [id, fa])).toEqual([
    ["c1", "سراوان"],
    ["c1.2", "گشت"],
  ])
})

test.each([
  ["without a column that must be there", TABLE.replace("\tkind", "\tsort")],
  ["with a place without a name", TABLE.replace("گشت", "")],
  ["with degrees that are none", TABLE.replace("27.36517", "north")],
  ["with a name that turns the text", TABLE.replace("گشت", "\u202eگشت")],
  ["with nothing in it", ""],
])("refuses a table %s", (_, table) => {
  expect(() => gazetteerFromTable(table, HEAD)).toThrow(GazetteerError)
})
