// Writes the fuzzer's corpus from what the vector files accept: `node vectors/make/corpus.ts`. What a fuzzer has found lies
// beside it under names that begin with `found-`, and stays.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { canonicalJson, type Json } from "@govah/core/bytes"

interface Case {
  readonly name: string
  readonly expect: string
  readonly [field: string]: unknown
}
type Vectors = { readonly cases: readonly Case[]; readonly cells?: Readonly<Record<string, string>> }

/** Lists of other names in the files of the log. */
const logged = (name: string, list: string): readonly Case[] => {
  const file = JSON.parse(readFileSync(new URL(`../${name}.json`, import.meta.url), "utf8")) as Record<string, Case[]>
  return (file[list] ?? []).filter(({ expect }) => expect === "accept").slice(0, 5)
}
const publications = (): Buffer[] => {
  const { base } = read("publication") as unknown as { readonly base: Record<string, Json> }
  return Object.values(base).map((one) => Buffer.from(canonicalJson(one)))
}

const folder = new URL("../corpus/", import.meta.url)
const read = (name: string): Vectors =>
  JSON.parse(readFileSync(new URL(`../${name}.json`, import.meta.url), "utf8")) as Vectors
const accepted = (name: string): readonly Case[] => read(name).cases.filter(({ expect }) => expect === "accept")
const texts = (name: string, field = "text"): Buffer[] =>
  accepted(name).flatMap((c) => (typeof c[field] === "string" ? [Buffer.from(c[field])] : []))
const cellsOf = (name: string): Readonly<Record<string, string>> => read(name).cells ?? {}
const base64 = (text: string): Buffer => Buffer.from(text, "base64")

const rounds = accepted("reconcile").flatMap((c) => c["rounds"] as { readonly request: string; readonly answer: string }[])
const feedParts = (kind: string): Buffer[] =>
  accepted("feed-part").flatMap((c) => (c["kind"] === kind ? [base64(c["part"] as string)] : []))

const released = texts("release", "release").slice(0, 1).map(String)

const parcel = cellsOf("parcel")
const payloads = (read("payload") as unknown as { readonly payloads: Record<string, string> }).payloads

const corpus: Readonly<Record<string, readonly Buffer[]>> = {
  root: [...new Set(accepted("root").map(({ cell }) => cellsOf("root")[cell as string] ?? ""))].map(base64),
  recording: Object.values(cellsOf("recording"))
    .map(base64)
    .filter((cell) => cell.subarray(0, 4).toString() === "age-")
    .slice(0, 6),
  // Whole parcels, one after another: their roots, then every cell that is no root.
  bundle: [
    Buffer.concat([
      ...new Set(accepted("parcel").map(({ root }) => base64(parcel[root as string] ?? ""))),
      ...Object.values(parcel)
        .map(base64)
        .filter((cell) => cell.length === 16_384 && cell.subarray(0, 4).toString() !== "age-"),
    ]),
  ],
  payload: Object.values(payloads)
    .map(base64)
    .filter((bytes) => bytes.length < 100_000),
  "canonical-json": texts("canonical-json"),
  "signed-line": texts("signed-line"),
  card: texts("card"),
  invitation: texts("invitation"),
  "short-invitation": texts("short-invitation"),
  feed: texts("feed"),
  "feed-whole": [base64((read("feed-whole") as unknown as { readonly whole: string }).whole)],
  "receipt-set": accepted("receipt-set").map(({ set }) => Buffer.from(set as string, "hex")),
  bulletin: feedParts("bulletin"),
  call: feedParts("call"),
  // One reply that the chain opens, among slots that it does not.
  "reply-bucket": [
    Buffer.concat([...accepted("reply-slot").map(({ slot }) => Buffer.from(slot as string, "hex")), Buffer.alloc(2_048, 7)]),
  ],
  "ledger-entry": texts("ledger-entry", "entry"),
  "qr-frame": texts("qr-frame"),
  "pack-head": texts("pack-head").map((text) => Buffer.concat([text, Buffer.alloc(16_384)], 16_384)),
  veil: accepted("veil").flatMap(({ veiled }) =>
    typeof veiled === "string" ? [Buffer.from(veiled, "hex")] : [],
  ),
  "cell-list": texts("cell-list"),
  "reconcile-request": rounds.map(({ request }) => Buffer.from(request, "hex")),
  "reconcile-answer": rounds.map(({ answer }) => Buffer.from(answer, "hex")),
  "release-manifest": released.map((file) => Buffer.from(`${file.split("\n\n")[0]}\n`)),
  "release-proof": released.map((file) => Buffer.from(file.slice(file.indexOf("c2sp.org/")))),
  "release-single": accepted("release").flatMap((c) => (typeof c["single"] === "string" ? [base64(c["single"])] : [])),
  "log-note": logged("log-note", "notes").map(({ note }) => Buffer.from(note as string)),
  "log-checkpoint": logged("log-note", "notes").map(({ note }) =>
    Buffer.from(`${(note as string).split("\n\n")[0]}\n`),
  ),
  "log-entry": logged("log-entry", "entries").map(({ entry }) => Buffer.from(entry as string)),
  "log-disclosure": logged("log-entry", "entries").flatMap(({ disclosures }) =>
    (disclosures as string[]).map((one) => Buffer.from(one)),
  ),
  "log-bundle": logged("log-tile", "bundles").map(({ bundle }) => Buffer.from(bundle as string, "hex")),
  publication: publications(),
}

for (const [target, inputs] of Object.entries(corpus)) {
  const into = new URL(`${target}/`, folder)
  mkdirSync(into, { recursive: true })
  for (const name of readdirSync(into)) if (!name.startsWith("found-")) rmSync(new URL(name, into))
  inputs.forEach((bytes, i) => {
    writeFileSync(new URL(`${String(i).padStart(2, "0")}.bin`, into), bytes)
  })
}
