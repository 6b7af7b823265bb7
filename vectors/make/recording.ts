import type { Json } from "../../packages/core/src/bytes/index.ts"
import { type CellId, cellId } from "../../packages/core/src/cell/index.ts"
import { formatCellList, sliceFileKey } from "../../packages/core/src/parcel/index.ts"
import { cutCells, paddingCell } from "../../packages/core/src/seal/cut.ts"
import { sealPayload } from "../../packages/core/src/seal/index.ts"
import { beginRoot } from "../../packages/core/src/seal/seal-root.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
import { head, report } from "./root.ts"
import {
  base64,
  base64url,
  deskKey,
  key,
  publicKeyOf,
  seeded,
  sha256,
  SOURCE,
  stream,
  unitSeed,
  type Vectors,
  x25519Identity,
  x25519Recipient,
} from "./seeded.ts"

const p = seeded("recording")
const cells: Record<string, string> = {}
const keyText = (label: string): string => base64url(key(label))

async function keep(cell: Uint8Array): Promise<CellId> {
  const id = await cellId(cell, p)
  cells[id] = base64(cell)
  return id
}

// Four slices of speech in two cells.
const speech = stream("speech")(22_000)
const slices = [6_000, 6_000, 6_000, 4_000]
const forget = key("recording forget")
async function* payloads(): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const [index, bytes] of slices.entries()) {
    yield* sealPayload(sliceFileKey(key("recording key"), index), [speech.subarray(at, at + bytes)], p)
    at += bytes
  }
}
const ids: CellId[] = []
for await (const cell of cutCells(payloads(), forget, { run: "attachment", next: 0 }, p)) ids.push(await keep(cell.bytes))

const closerSeed = key("closer")
const closer = await publicKeyOf(closerSeed)
const provisionalDocument = {
  ...head,
  forget: base64url(forget),
  recording: { type: "audio/webm", key: keyText("recording key"), closer, report },
} as const
const closingForget = key("closing forget")
const padding = await keep(paddingCell(closingForget, { run: "padding", next: 0 }, p))
const body = { slices, cells: formatCellList(ids), padding: formatCellList([padding]) }

async function seal(document: Json, seed: Uint8Array, secret: Uint8Array, index: 0 | 1): Promise<CellId> {
  const root = await beginRoot([x25519Recipient], secret, { interopX25519: true }, p, index)
  return await keep((await root.seal(await signLine("govah-root-v1", document, seed, p))).cell)
}
const provisionalWith = async (over: object, seed = unitSeed): Promise<CellId> =>
  await seal({ ...provisionalDocument, ...over } as Json, seed, forget, 1)
const recordingWith = async (over: object): Promise<CellId> =>
  await provisionalWith({ recording: { ...provisionalDocument.recording, ...over } })

const provisional = await provisionalWith({})
const closingHead = {
  v: 1,
  desk: deskKey,
  parcel: head.parcel,
  closer,
  provisional,
  forget: base64url(closingForget),
} as const
const closingWith = async (over: object, seed = closerSeed): Promise<CellId> =>
  await seal({ ...closingHead, closing: body, ...over } as Json, seed, closingForget, 0)
const bodyWith = async (over: object): Promise<CellId> => await closingWith({ closing: { ...body, ...over } })
const closing = await closingWith({})

// The same body in an annex.
const annexBytes = Buffer.concat([Buffer.from(JSON.stringify(sorted(body))), Buffer.alloc(40, " ")])
const annexIds: CellId[] = []
for await (const cell of cutCells(
  sealPayload(sliceFileKey(key("closing annex"), 0), [annexBytes], p),
  closingForget,
  { run: "annex", next: 0 },
  p,
)) {
  annexIds.push(await keep(cell.bytes))
}
const annex = {
  bytes: annexBytes.length,
  sha256: sha256(annexBytes),
  key: keyText("closing annex"),
  cells: formatCellList(annexIds),
}
const { forget: _forget, ...unannexed } = closingHead
const annexed = await seal({ ...unannexed, forget: closingHead.forget, annex } as Json, closerSeed, closingForget, 0)
const annexHash = await seal(
  { ...closingHead, annex: { ...annex, sha256: "0".repeat(64) } } as Json,
  closerSeed,
  closingForget,
  0,
)
const finalId = await seal(
  { ...head, body: { attachments: [], padding: "", report } },
  unitSeed,
  key("forget"),
  0,
)
const strangerKey = await publicKeyOf(key("stranger"))

const common = { desk: deskKey, identities: [x25519Identity] }
interface Roots {
  readonly provisional?: CellId
  readonly closing?: CellId
  readonly missing?: readonly CellId[]
}
const roots = (over: Roots): object => ({ ...common, provisional, closing, missing: [], ...over })
const accept = (name: string, over: Roots = {}, signature = "valid", heard = speech) => ({
  name,
  expect: "accept",
  ...roots(over),
  signature,
  text: report.text,
  bytes: heard.length,
  sha256: sha256(heard),
})
const reject = (code: string, name: string, over: Roots) => ({ name, expect: `reject:${code}`, ...roots(over) })

const signedByStranger = await provisionalWith({}, key("stranger"))

export const recording: Vectors = {
  source: SOURCE,
  spec: "spec/recording.md",
  note: "cells: by id. A case opens its two roots, joins them, and opens the attachment from the cells that are not missing. signature: of the provisional root by its sender; a bad one is shown, not refused. A closing root is looked at as in the case even where its provisional root is another.",
  cells,
  cases: [
    accept("a provisional and a closing root, four slices in two cells"),
    accept("the closing root's body in an annex, filled with spaces", { closing: annexed }),
    accept(
      "fewer slices than the cells hold",
      { closing: await bodyWith({ slices: slices.slice(0, 2) }) },
      "valid",
      speech.subarray(0, 12_000),
    ),
    accept(
      "a provisional root signed by a key that it does not name",
      { provisional: signedByStranger, closing: await closingWith({ provisional: signedByStranger }) },
      "invalid",
    ),
    accept("a padding cell that has not arrived stops nothing", { missing: [padding] }),
    reject("wrong-closer", "a closing root signed by another key than it names", {
      closing: await closingWith({}, key("stranger")),
    }),
    reject("wrong-closer", "a closing root that names another key, and is signed by it", {
      closing: await closingWith({ closer: strangerKey }, key("stranger")),
    }),
    reject("wrong-closer", "a closing root that names the sender's key, and is signed by it", {
      closing: await closingWith({ closer: head.sender.key }, unitSeed),
    }),
    reject("wrong-closer", "a closing root of another parcel", {
      closing: await closingWith({ parcel: base64url(key("second").subarray(0, 16)) }),
    }),
    reject("wrong-closer", "a closing root that names another provisional root", {
      closing: await closingWith({ provisional: ids[0] }),
    }),
    reject("wrong-closer", "a provisional root that names another one-time key", {
      provisional: await recordingWith({ closer: strangerKey }),
    }),
    reject("wrong-desk", "a closing root for another desk with a shared key", {
      closing: await closingWith({ desk: strangerKey }),
    }),
    reject("wrong-desk", "a provisional root for another desk with a shared key", {
      provisional: await provisionalWith({ desk: strangerKey }),
    }),
    reject("part-of-recording", "two provisional roots", { closing: provisional }),
    reject("part-of-recording", "two closing roots", { provisional: closing }),
    reject("part-of-recording", "a final root in the provisional root's place", { provisional: finalId }),
    reject("unknown-version", "a provisional root of version 2", { provisional: await provisionalWith({ v: 2 }) }),
    reject("unknown-version", "a closing root of version 2", { closing: await closingWith({ v: 2 }) }),
    reject("malformed", "a provisional root with a body", {
      provisional: await provisionalWith({ body: { attachments: [], padding: "", report } }),
    }),
    reject("malformed", "a provisional root without a report", { provisional: await recordingWith({ report: null }) }),
    reject("malformed", "a provisional root with a media type with parameters", {
      provisional: await recordingWith({ type: "audio/webm;codecs=opus" }),
    }),
    reject("malformed", "a provisional root with a recording key of 16 bytes", {
      provisional: await recordingWith({ key: head.parcel }),
    }),
    reject("malformed", "a provisional root with an unknown field", { provisional: await recordingWith({ note: "" }) }),
    reject("malformed", "a closing root that names a sender", { closing: await closingWith({ sender: head.sender }) }),
    reject("malformed", "a closing root with a body and an annex", { closing: await closingWith({ annex }) }),
    reject("malformed", "a closing root with neither", {
      closing: await seal({ ...closingHead }, closerSeed, closingForget, 0),
    }),
    reject("malformed", "a closing root without a slice", { closing: await bodyWith({ slices: [] }) }),
    reject("malformed", "a slice of less than nothing", { closing: await bodyWith({ slices: [-1] }) }),
    reject("malformed", "a list of cells that is no list", { closing: await bodyWith({ cells: "AAAA" }) }),
    reject("malformed", "a closing root that names its provisional root in capitals", {
      closing: await closingWith({ provisional: provisional.toUpperCase() }),
    }),
    reject("tampered", "slices of other lengths", { closing: await bodyWith({ slices: [6_001, 5_999, 6_000, 4_000] }) }),
    reject("tampered", "slices in another order", { closing: await bodyWith({ slices: slices.toReversed() }) }),
    reject("tampered", "cells in another order", {
      closing: await bodyWith({ cells: formatCellList(ids.toReversed()) }),
    }),
    reject("tampered", "the first cell twice", {
      closing: await bodyWith({ cells: formatCellList([ids[0] as CellId, ids[0] as CellId]) }),
    }),
    reject("truncated", "more slices than the cells hold", {
      closing: await bodyWith({ slices: [...slices.slice(0, 3), 30_000] }),
    }),
    reject("truncated", "one cell of two", { closing: await bodyWith({ cells: formatCellList(ids.slice(0, 1)) }) }),
    reject("tampered", "another hash of the annex", { closing: annexHash }),
    reject("missing-cell", "the annex has not arrived", { closing: annexed, missing: annexIds }),
    reject("missing-cell", "a cell of the recording has not arrived", { missing: ids.slice(1) }),
  ],
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
