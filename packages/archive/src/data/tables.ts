import { canonicalJson, utf8Bytes } from "@govah/core/bytes"
import {
  type ActionPublication,
  type EventPublication,
  movesRange,
  type Publication,
} from "@govah/core/publication"
import type { Files } from "../replace-folder.ts"
import { type Cell, csv } from "./csv.ts"
import { publicationsJson } from "./publications-json.ts"

type Column<Row> = readonly [name: string, meaning: string, value: (row: Row) => Cell]
interface ClaimRow {
  readonly event: EventPublication
  readonly claim: EventPublication["claims"][number]
}

const CLAIMS: readonly Column<ClaimRow>[] = [
  ["event", "id of the event", ({ event }) => event.id],
  ["event_revision", "revision of the event", ({ event }) => event.revision],
  ["event_from", "first day, YYYY-MM-DD", ({ event }) => event.period.from],
  ["event_to", "last day, empty for one day", ({ event }) => event.period.to],
  ["event_about", "true where the days are approximate", ({ event }) => event.period.about],
  ["place_fa", "place in Persian", ({ event }) => event.place.name.fa],
  ["place_en", "place in English", ({ event }) => event.place.name.en],
  ["place_precision", "point, town, county, province or country", ({ event }) => event.place.precision],
  ["claim", "id of the claim", ({ claim }) => claim.id],
  [
    "series",
    "claims of one event are comparable only inside one series; never add series up",
    ({ claim }) => claim.series,
  ],
  ["measure", "what is counted", ({ claim }) => claim.measure],
  ["group", "who is counted", ({ claim }) => claim.group],
  ["low", "lowest number said", ({ claim }) => claim.low],
  ["high", "highest number said; empty for an open end or no number", ({ claim }) => claim.high],
  ["bound", "exactly, at-least, about or none", ({ claim }) => claim.bound],
  ["moves_range", "true where the grade is A-C and 1-3", ({ claim }) => movesRange(claim)],
  ["reliability", "of the source, A to F (Admiralty)", ({ claim }) => claim.grade.reliability],
  ["credibility", "of the information, 1 to 6 (Admiralty)", ({ claim }) => claim.grade.credibility],
  [
    "reporting_units",
    "number of units whose reports carry the claim: they may repeat one source",
    ({ claim }) => claim.reportingUnits,
  ],
  ["as_of", "day or month of the claim", ({ claim }) => claim.asOf],
  ["claimant_fa", "who says so, in Persian", ({ claim }) => claim.claimant.name.fa],
  ["claimant_en", "who says so, in English", ({ claim }) => claim.claimant.name.en],
  [
    "claimant_kind",
    "official, media, social, political-org, witness or ngo",
    ({ claim }) => claim.claimant.kind,
  ],
  ["carried_by_fa", "who carried the claim, in Persian", ({ claim }) => claim.carriedBy?.fa ?? null],
  ["carried_by_en", "who carried the claim, in English", ({ claim }) => claim.carriedBy?.en ?? null],
  ["url", "where it was carried", ({ claim }) => claim.url],
  ["said_fa", "what was said, in Persian", ({ claim }) => claim.said.fa],
  ["said_en", "what was said, in English", ({ claim }) => claim.said.en],
  ["scope_fa", "what the number covers, in Persian", ({ claim }) => claim.scope.fa],
  ["scope_en", "what the number covers, in English", ({ claim }) => claim.scope.en],
]

const ACTIONS: readonly Column<ActionPublication>[] = [
  ["action", "id of the action", (a) => a.id],
  ["action_revision", "revision of the action", (a) => a.revision],
  ["kind", "kind of action, a closed list", (a) => a.kind],
  ["from", "first day, YYYY-MM-DD", (a) => a.period.from],
  ["to", "last day, empty for one day", (a) => a.period.to],
  ["about", "true where the days are approximate", (a) => a.period.about],
  ["place_fa", "place in Persian", (a) => a.place.name.fa],
  ["place_en", "place in English", (a) => a.place.name.en],
  ["province_fa", "province in Persian", (a) => a.place.province?.fa ?? null],
  ["province_en", "province in English", (a) => a.place.province?.en ?? null],
  ["place_precision", "point, town, county, province or country", (a) => a.place.precision],
  ["words_fa", "what it says, in Persian", (a) => a.words.fa],
  ["words_en", "what it says, in English", (a) => a.words.en],
  [
    "pictures",
    "SHA-256 of each picture, separated by spaces; the file is m/<sha256>.jpg",
    (a) => a.pictures.map((p) => p.sha256).join(" "),
  ],
]

/** The flat files, by path, made from the latest revisions. */
export function dataFiles(latest: readonly Publication[]): Files {
  const claims = latest
    .filter((p) => p.type === "event")
    .flatMap((event) => event.claims.map((claim): ClaimRow => ({ event, claim })))
  const actions = latest.filter((p) => p.type === "action")
  return new Map([
    ["data/claims.csv", table(CLAIMS, claims)],
    ["data/actions.csv", table(ACTIONS, actions)],
    ["data/publications.json", utf8Bytes(`${canonicalJson(publicationsJson(latest))}\n`)],
    ["data/columns.txt", utf8Bytes(columnsText())],
  ])
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Uint8Array {
  const names = columns.map(([name]) => name)
  return csv(
    names,
    rows.map((row) => columns.map(([, , value]) => value(row))),
  )
}

function columnsText(): string {
  const list = (columns: readonly Column<never>[]): string =>
    columns.map(([name, meaning]) => `${name}: ${meaning}\n`).join("")
  return `claims.csv and actions.csv are UTF-8 with a byte order mark, comma-separated, lines end in CRLF (RFC 4180).
A text that a spreadsheet would take for a formula begins with an apostrophe.
publications.json is the whole record: {"publications":[...],"v":1}, canonical JSON.

claims.csv: one line for each claim.

${list(CLAIMS)}
actions.csv: one line for each action.

${list(ACTIONS)}`
}
