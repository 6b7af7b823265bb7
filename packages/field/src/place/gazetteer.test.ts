import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { outcomeOf, vectorCases } from "../testing/vector-cases.ts"
import {
  formatGazetteer,
  type Gazetteer,
  GazetteerError,
  type GazetteerPlace,
  parseGazetteer,
} from "./index.ts"

const country: GazetteerPlace = {
  id: "iso:IR",
  kind: "country",
  fa: "ایران",
  en: "Iran",
  others: [],
  within: null,
  at: null,
  people: 0,
}
const town: GazetteerPlace = {
  id: "x:1",
  kind: "town",
  fa: "نیک‌شهر",
  en: null,
  others: ["گه", "Geh"],
  within: country,
  at: { lat: 26_230, lon: -60_210 },
  people: 17,
}
const whole: Gazetteer = {
  title: "A list",
  attribution: "Somebody",
  licence: "CC BY 4.0",
  covers: ["IR"],
  places: [country, town],
}
const text = formatGazetteer(whole)
const line = text.split("\n")[3] as string

test("what is written is read again", () => {
  expect(parseGazetteer(text)).toEqual(whole)
})

function broken(from: string, to: string): string {
  expect(text).toContain(from)
  return text.replace(from, () => to)
}

const VECTORS = readFileSync(new URL("../../../../vectors/gazetteer.json", import.meta.url), "utf8")
test.each(vectorCases<{ text: string; places?: number }>(VECTORS))(
  "the vectors' gazetteer: $name",
  async (c) => {
    const said = await outcomeOf(() => {
      const read = parseGazetteer(c.text)
      expect(read.places.length).toBe(c.places)
      expect(formatGazetteer(read)).toBe(c.text)
    })
    expect(said).toBe(c.expect)
  },
)

test.each([
  ["nothing", "", "not-one"],
  ["another file", "PK\u0003\u0004", "not-one"],
  ["a later version", broken("gazetteer/1", "gazetteer/2"), "not-one"],
  ["a line that is cut off", text.slice(0, -1), "malformed"],
  ["half of it", text.slice(0, text.length / 2), "malformed"],
  ["no place", text.split("\n").slice(0, 2).join("\n").concat("\n"), "malformed"],
  ["a head that is no JSON", broken('{"attribution"', "{attribution"), "malformed"],
  ["a head that is a list", text.replace(/\{.*\}/, "[]"), "malformed"],
  ["a head without a source", broken('"attribution":"Somebody",', ""), "malformed"],
  ["a country that is none", broken('["IR"]', '["Iran"]'), "malformed"],
  ["another line ending", text.replaceAll("\n", "\r\n"), "not-one"],
  ["an empty line", `${text}\n`, "malformed"],
  ["a column too many", broken(line, `${line}\t`), "malformed"],
  ["an unknown kind", broken("t\tx:1", "v\tx:1"), "malformed"],
  ["the name of an object's property as kind", broken("t\tx:1", "constructor\tx:1"), "malformed"],
  ["an id twice", broken("x:1", "iso:IR"), "malformed"],
  ["an id with a space", broken("x:1", "x 1"), "malformed"],
  ["a place within itself", broken("x:1\t0", "x:1\t1"), "malformed"],
  ["a place within a later one", broken("x:1\t0", "x:1\t2"), "malformed"],
  ["a place within the one before all", broken("x:1\t0", "x:1\t-1"), "malformed"],
  ["no name", broken("نیک‌شهر", ""), "malformed"],
  ["a name of spaces", broken("نیک‌شهر", " "), "malformed"],
  ["a name of 121 letters", broken("نیک‌شهر", "ن".repeat(121)), "malformed"],
  ["a name that turns the text around it", broken("گه", "\u202egeh"), "malformed"],
  ["a name with an isolate", broken("گه", "\u2066geh"), "malformed"],
  ["a name with a mark of the left", broken("گه", "\u200egeh"), "malformed"],
  ["a name with half a letter", broken("گه", "\ud800"), "malformed"],
  ["a name with an escape", broken("گه", "\u001b[2J"), "malformed"],
  ["a name with a tag", broken("گه", "<b>"), "malformed"],
  ["25 spellings", broken("گه|", "گه|".repeat(25)), "malformed"],
  ["a latitude beyond the pole", broken("26230", "90001"), "malformed"],
  ["a longitude alone", broken("26230", ""), "malformed"],
  ["degrees with a point", broken("26230", "26.23"), "malformed"],
  ["degrees in another base", broken("26230", "0x10"), "malformed"],
  ["people without end", broken("\t17", "\t1e9"), "malformed"],
  ["more than it may have", text + `${line}\n`.repeat(40_000), "too-long"],
  ["longer than it may be", text + "x".repeat(4_000_000), "too-long"],
])("refuses %s", (_, wrong, code) => {
  let caught: unknown
  try {
    parseGazetteer(wrong)
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(GazetteerError)
  expect((caught as GazetteerError).code).toBe(code)
  // Names may be all that somebody is searched for with.
  expect((caught as GazetteerError).message).not.toMatch(/گه|نیک|Geh|Iran/)
})

test("a place must come after the one that it lies in", () => {
  expect(() => formatGazetteer({ ...whole, places: [town, country] })).toThrow(GazetteerError)
})
