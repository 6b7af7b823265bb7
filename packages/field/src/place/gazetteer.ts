import { GazetteerError } from "./gazetteer-error.ts"
import {
  FORBIDDEN,
  pickKind,
  type PlaceKind,
  readDegrees,
  readId,
  readName,
  readNames,
  readNumber,
} from "./fields.ts"

/** Longest gazetteer, in bytes of UTF-8: all places of a large country, with names in several languages. */
export const MAX_GAZETTEER_BYTES = 4_000_000
/** Most places in one. */
export const MAX_PLACES = 40_000

const MAGIC = "govah-gazetteer/1"
const COLUMNS = 9

/** A place that has a name. */
export interface GazetteerPlace {
  /** Stable within its source, such as `gn:1159301` (GeoNames) or `iso:IR`. */
  readonly id: string
  readonly kind: PlaceKind
  readonly fa: string | null
  readonly en: string | null
  /** Other spellings and other languages. */
  readonly others: readonly string[]
  /** The narrowest larger place of the same gazetteer that it lies in. */
  readonly within: GazetteerPlace | null
  /** Thousandths of a degree; null where only the name is known. */
  readonly at: Point | null
  /** Thousands who live there; 0 where it is not known. For ranking alone. */
  readonly people: number
}

/** Thousandths of a degree, north and east positive. */
export interface Point {
  readonly lat: number
  readonly lon: number
}

/** Places, and who is to be named as their source. */
export interface Gazetteer {
  readonly title: string
  /** Shown wherever it is used. */
  readonly attribution: string
  readonly licence: string
  /** Countries (ISO 3166-1, two letters) of which it knows more than others: theirs are then left out. */
  readonly covers: readonly string[]
  readonly places: readonly GazetteerPlace[]
}

/**
 * Reads a gazetteer (`spec/gazetteer.md`). Anyone may have made it: what it says is shown as names to choose from, and
 * nothing else.
 *
 * @throws GazetteerError `not-one`, `too-long`, `malformed`.
 */
export function parseGazetteer(text: string): Gazetteer {
  if (text.length > MAX_GAZETTEER_BYTES) throw new GazetteerError("too-long", "the gazetteer is too long")
  const lines = text.split("\n")
  if (lines[0] !== MAGIC) throw new GazetteerError("not-one", "this is no gazetteer, or of a later version")
  // Once for all of it: looking at each name alone takes a slow phone many times as long.
  if (FORBIDDEN.test(text)) throw new GazetteerError("malformed", "a character in it is not one of a name")
  if (lines.at(-1) !== "") throw new GazetteerError("malformed", "the last line is not whole")
  if (lines.length > MAX_PLACES + 3) throw new GazetteerError("too-long", "the gazetteer has too many places")
  const head = readHead(lines[1] ?? "")
  const places: GazetteerPlace[] = []
  const ids = new Set<string>()
  for (let at = 2; at < lines.length - 1; at++) {
    const place = readPlace(lines[at] as string, at + 1, places)
    if (ids.has(place.id))
      throw new GazetteerError("malformed", `line ${at + 1}: the id is not the first of its kind`)
    ids.add(place.id)
    places.push(place)
  }
  if (places.length === 0) throw new GazetteerError("malformed", "there is no place in it")
  return { ...head, places }
}

/** The one spelling of a gazetteer. A place must come after the one that it lies in. */
export function formatGazetteer({ places, title, attribution, licence, covers }: Gazetteer): string {
  const index = new Map(places.map((place, at) => [place, at]))
  const lines = places.map((place) =>
    [
      place.kind[0],
      place.id,
      place.within === null ? "" : index.get(place.within),
      place.fa ?? "",
      place.en ?? "",
      place.others.join("|"),
      place.at?.lat ?? "",
      place.at?.lon ?? "",
      place.people === 0 ? "" : place.people,
    ].join("\t"),
  )
  const text = [MAGIC, JSON.stringify({ attribution, covers, licence, title }), ...lines, ""].join("\n")
  // What is written is read once: nobody is handed what phones would refuse.
  parseGazetteer(text)
  return text
}

function readHead(line: string): Omit<Gazetteer, "places"> {
  let head: unknown
  try {
    head = JSON.parse(line)
  } catch (cause) {
    throw new GazetteerError("malformed", "line 2 is not JSON", { cause })
  }
  const { title, attribution, licence, covers } = (head ?? {}) as Record<string, unknown>
  if (Object.keys(head ?? {}).length !== 4) throw new GazetteerError("malformed", "line 2: fields")
  const isList = Array.isArray(covers) && covers.length <= 300
  if (!isList || !covers.every((code) => typeof code === "string" && /^[A-Z]{2}$/.test(code))) {
    throw new GazetteerError("malformed", "line 2: covers")
  }
  return {
    title: readName(title, 2, "title"),
    attribution: readName(attribution, 2, "attribution"),
    licence: readName(licence, 2, "licence"),
    covers,
  }
}

function readPlace(line: string, number: number, before: readonly GazetteerPlace[]): GazetteerPlace {
  const columns = line.split("\t")
  if (columns.length !== COLUMNS) throw new GazetteerError("malformed", `line ${number}: columns`)
  const [kind, id, within, fa, en, others, lat, lon, people] = columns as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const place = {
    id: readId(id, number),
    kind: pickKind(kind, number),
    fa: fa === "" ? null : readName(fa, number, "fa"),
    en: en === "" ? null : readName(en, number, "en"),
    others: readNames(others, number),
    within: within === "" ? null : (before[readNumber(within, number, "within")] ?? null),
    at:
      lat === "" && lon === ""
        ? null
        : { lat: readDegrees(lat, 90, number), lon: readDegrees(lon, 180, number) },
    people: people === "" ? 0 : readNumber(people, number, "people"),
  }
  if (place.fa === null && place.en === null) throw new GazetteerError("malformed", `line ${number}: no name`)
  if (within !== "" && place.within === null) throw new GazetteerError("malformed", `line ${number}: within`)
  return place
}
