import { formatGazetteer, type Gazetteer, type GazetteerPlace } from "./gazetteer.ts"
import { GazetteerError } from "./gazetteer-error.ts"

/** Who made a table and what may be done with it. */
export type TableHead = Pick<Gazetteer, "title" | "attribution" | "licence"> & {
  /** ISO 3166-1, two letters: the country of all its places. */
  readonly country: string
  /** Its name, Persian and English. */
  readonly countryNames: readonly [fa: string, en: string]
}

/**
 * Makes a gazetteer of a table: lines of cells with tabs between, the first of which names the columns. `id`, `kind`, `fa`, `en`
 * must be there; `alt` (`|` between), `lat`, `lon` (degrees), `pop`, `admin1_fa`, `admin2_fa`, `quality` may be.
 * A place of a `quality` below 2 keeps its name and loses its point.
 *
 * @param text - of a file that somebody else may have made.
 * @throws GazetteerError `malformed`, `too-long`, naming the line of the table or of what was made of it.
 */
export function gazetteerFromTable(text: string, head: TableHead): string {
  const [first = "", ...lines] = text.split(/\r?\n/)
  const columns = first.split("\t")
  for (const column of ["id", "kind", "fa", "en"]) {
    if (!columns.includes(column)) throw new GazetteerError("malformed", `the table has no column ${column}`)
  }
  const rows = apart(lines.filter((line) => line !== "").map((line) => rowOf(columns, line.split("\t"))))
  const [fa, en] = head.countryNames
  const country: GazetteerPlace = { ...NOWHERE, id: `iso:${head.country}`, kind: "country", fa, en }
  const provinces = new Map<string, GazetteerPlace>()
  const districts = new Map<string, GazetteerPlace>()
  for (const row of rows) {
    if (row["kind"] === "province") provinces.set(row["fa"] ?? "", placeOf(row, "province", country))
  }
  for (const row of rows) {
    const province = provinces.get(row["admin1_fa"] ?? "") ?? country
    if (row["kind"] === "county") districts.set(districtKey(row), placeOf(row, "district", province))
  }
  const towns = rows
    .filter((row) => row["kind"] !== "province" && row["kind"] !== "county")
    .map((row) => {
      const within = districts.get(districtKey(row)) ?? provinces.get(row["admin1_fa"] ?? "") ?? country
      return placeOf(row, "town", within)
    })
  return formatGazetteer({
    title: head.title,
    attribution: head.attribution,
    licence: head.licence,
    covers: [head.country],
    places: [country, ...provinces.values(), ...districts.values(), ...towns],
  })
}

type Row = Readonly<Record<string, string>>

const NOWHERE = { others: [], within: null, at: null, people: 0 } as const

function rowOf(columns: readonly string[], cells: readonly string[]): Row {
  return Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? "").trim()]))
}

/** Tables name places of one name in one district alike: each after the first gets a number. */
function apart(rows: readonly Row[]): readonly Row[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const id = row["id"] ?? ""
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    return times === 1 ? row : { ...row, id: `${id}.${times}` }
  })
}

function districtKey(row: Row): string {
  return `${row["admin1_fa"] ?? ""}\t${row["admin2_fa"] ?? ""}`
}

function placeOf(row: Row, kind: GazetteerPlace["kind"], within: GazetteerPlace): GazetteerPlace {
  const [fa, en] = [row["fa"] || null, row["en"] || null]
  const others = new Set((row["alt"] ?? "").split("|").map((name) => name.trim()))
  const isSure = row["quality"] === undefined || Number(row["quality"]) >= 2
  return {
    id: row["id"] ?? "",
    kind,
    fa,
    en,
    others: [...others].filter((name) => name !== "" && name !== fa && name !== en).slice(0, 24),
    within,
    at: isSure ? pointOf(row["lat"], row["lon"]) : null,
    people: Math.round(Number(row["pop"] || 0) / 1000),
  }
}

function pointOf(lat = "", lon = ""): GazetteerPlace["at"] {
  if (lat === "" || lon === "") return null
  return { lat: Math.round(Number(lat) * 1000) + 0, lon: Math.round(Number(lon) * 1000) + 0 }
}
