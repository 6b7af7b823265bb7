import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"

/** A city of GeoNames, as far as it is used. */
export interface City {
  readonly id: string
  /** In Latin letters, with the marks of its transliteration. */
  readonly name: string
  /** ISO 3166-1, two letters. */
  readonly country: string
  readonly lat: number
  readonly lon: number
  readonly people: number
  /** By ISO 639 code. */
  readonly names: ReadonlyMap<string, readonly string[]>
}

/** All cities of the two files beside this one. */
export function readCities(): readonly City[] {
  const names = new Map<string, Map<string, string[]>>()
  for (const [id, language, name] of rows("world-city-names.tsv.gz") as [string, string, string][]) {
    const ofCity = names.get(id) ?? new Map<string, string[]>()
    names.set(id, ofCity.set(language, [...(ofCity.get(language) ?? []), clean(name)]))
  }
  return rows("world-cities.tsv.gz").map((row) => {
    const [id, name, country, , lat, lon, people] = row as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    return {
      id,
      name,
      country,
      lat: Number(lat),
      lon: Number(lon),
      people: Number(people),
      names: names.get(id) ?? new Map<string, string[]>(),
    }
  })
}

/** Without marks that turn the text's direction; the joiner of Persian spelling stays between letters. */
function clean(name: string): string {
  return name.replaceAll(/(?!\u200c)\p{Cf}/gu, "").replaceAll(/^[\s\u200c]+|[\s\u200c]+$/g, "")
}

/** The rows of a file beside this one, without the first, which names the columns. */
export function rows(file: string): readonly (readonly string[])[] {
  const bytes = readFileSync(new URL(file, import.meta.url))
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.split("\t"))
}
