import { canonicalJsonBytes, type Json } from "../../packages/core/src/bytes/index.ts"
import { type CellId, cellId, type CellRun } from "../../packages/core/src/cell/index.ts"
import { formatCellList, sliceFileKey } from "../../packages/core/src/parcel/index.ts"
import { cutCells, paddingCell, type RunPosition } from "../../packages/core/src/seal/cut.ts"
import { sealPayload } from "../../packages/core/src/seal/index.ts"
import { beginRoot } from "../../packages/core/src/seal/seal-root.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
import { head, report } from "./root.ts"
import {
  base64,
  base64url,
  deskKey,
  key,
  seeded,
  sha256,
  SOURCE,
  stream,
  unitSeed,
  type Vectors,
  x25519Identity,
  x25519Recipient,
} from "./seeded.ts"

const p = seeded("parcel")
const cells: Record<string, string> = {}
const positions = new Map<CellRun, RunPosition>()
const forget = key("forget")

function position(run: CellRun): RunPosition {
  const known = positions.get(run) ?? { run, next: 0 }
  positions.set(run, known)
  return known
}
async function keep(cell: Uint8Array): Promise<CellId> {
  const id = await cellId(cell, p)
  cells[id] = base64(cell)
  return id
}
/** Payloads one after another in cells, as slices 0, 1, … of one key. */
async function run(
  recordingKey: Uint8Array,
  slices: readonly Uint8Array[],
  of: CellRun,
): Promise<CellId[]> {
  async function* payloads(): AsyncGenerator<Uint8Array> {
    for (const [index, slice] of slices.entries()) {
      yield* sealPayload(sliceFileKey(recordingKey, index), [slice], p)
    }
  }
  const ids: CellId[] = []
  for await (const cell of cutCells(payloads(), forget, position(of), p)) ids.push(await keep(cell.bytes))
  return ids
}
async function seal(document: Json): Promise<CellId> {
  const root = await beginRoot([x25519Recipient], forget, { interopX25519: true }, p)
  return await keep((await root.seal(await signLine("govah-root-v1", document, unitSeed, p))).cell)
}
const keyText = (label: string): string => base64url(key(label))

// A recording in three slices that share cells, an empty file, and one padding cell.
const video = stream("video")(24_000)
const slices = [5_000, 12_000, 7_000]
const videoIds = await run(
  key("recording"),
  [video.subarray(0, 5_000), video.subarray(5_000, 17_000), video.subarray(17_000)],
  "attachment",
)
const emptyIds = await run(key("empty"), [new Uint8Array(0)], "attachment")
const padding = await keep(paddingCell(forget, position("padding"), p))
const attachment = {
  type: "video/webm",
  bytes: video.length,
  sha256: sha256(video),
  key: keyText("recording"),
  slices,
  cells: formatCellList(videoIds),
}
const empty = {
  type: "text/plain",
  bytes: 0,
  sha256: sha256(new Uint8Array(0)),
  key: keyText("empty"),
  slices: [0],
  cells: formatCellList(emptyIds),
}
const body = { attachments: [attachment, empty], padding: formatCellList([padding]), report }
const inline = await seal({ ...head, body })
const withAttachment = async (over: object): Promise<CellId> =>
  await seal({ ...head, body: { ...body, attachments: [{ ...attachment, ...over }] } as Json })
const swapped = await withAttachment({ slices: slices.toReversed() })
const cellsSwapped = await withAttachment({ cells: formatCellList(videoIds.toReversed()) })
const lastSliceLeftOut = await withAttachment({ slices: slices.slice(0, 2) })
const noSlice = await withAttachment({ slices: [] })
const wrongHash = await withAttachment({ sha256: sha256(new Uint8Array(1)) })
const wrongLength = await withAttachment({ bytes: video.length + 1 })
const wrongKey = await withAttachment({ key: keyText("empty") })
const tooLongSlice = await withAttachment({ slices: [...slices.slice(0, 2), 20_000] })
const brokenList = await withAttachment({ cells: "AAAA" })

// A body in an annex, filled with spaces; and annexes within annexes.
async function annex(document: Json, filler: number, label: string, over: object = {}): Promise<Json> {
  const bytes = Buffer.concat([canonicalJsonBytes(document), Buffer.alloc(filler, " ")])
  const ids = await run(key(label), [bytes], "annex")
  return {
    annex: {
      bytes: bytes.length,
      sha256: sha256(bytes),
      key: keyText(label),
      cells: formatCellList(ids),
      ...over,
    },
  }
}
const small = { attachments: [], padding: "", report }
const wrapped = async (descriptor: Json): Promise<CellId> =>
  await seal({ ...head, ...(descriptor as object) })
const one = await annex(small, 300, "annex 1")
const twoDeep = await annex(one, 0, "annex 2")
const threeDeep = await annex(twoDeep, 0, "annex 3")
const fourDeep = await annex(threeDeep, 0, "annex 4")
const annexed = await wrapped(one)
const annexedThrice = await wrapped(threeDeep)
const annexedFour = await wrapped(fourDeep)
const annexHash = await wrapped(await annex(small, 0, "annex hash", { sha256: "0".repeat(64) }))
const annexHuge = await wrapped({ annex: { ...(one as { annex: object }).annex, bytes: 67_108_865 } } as Json)
const annexNoise = await wrapped(await annex({ ...small, extra: 1 }, 0, "annex noise"))
const annexTab = await wrapped(await annex({ ...small, padding: "A" }, 0, "annex padding"))

const common = { desk: deskKey, identities: [x25519Identity] }
const expected = (sealed: { sha256: string; bytes: number }[]) =>
  sealed.map(({ sha256: hash, bytes }) => ({ sha256: hash, bytes }))
const accept = (name: string, root: CellId, attachments: { sha256: string; bytes: number }[]) => ({
  name,
  expect: "accept",
  ...common,
  root,
  missing: [] as CellId[],
  text: report.text,
  attachments: expected(attachments),
})
const reject = (code: string, name: string, root: CellId, missing: CellId[] = []) => ({
  name,
  expect: `reject:${code}`,
  ...common,
  root,
  missing,
})
const annexCell = async (descriptor: Json): Promise<CellId> =>
  Buffer.from((descriptor as { annex: { cells: string } }).annex.cells, "base64url").toString("hex") as CellId

export const parcel: Vectors = {
  source: SOURCE,
  spec: "spec/root.md",
  note: "cells: by id. A case opens root with those that are not missing, and then every attachment. reject:missing-cell where a cell that is needed has not arrived.",
  cells,
  cases: [
    accept("a body in the root, three slices in two cells, an empty file, padding", inline, [attachment, empty]),
    accept("a body in an annex, filled with spaces", annexed, []),
    accept("three annexes, one in another", annexedThrice, []),
    {
      ...accept("a padding cell that has not arrived stops nothing", inline, [attachment, empty]),
      missing: [padding],
    },
    reject("missing-cell", "the first cell of a recording has not arrived", inline, videoIds.slice(0, 1)),
    reject("missing-cell", "the last cell of a recording has not arrived", inline, videoIds.slice(1)),
    reject("missing-cell", "the annex has not arrived", annexed, [await annexCell(one)]),
    reject("missing-cell", "the inmost annex has not arrived", annexedThrice, [await annexCell(one)]),
    reject("tampered", "slices in another order", swapped),
    reject("tampered", "cells in another order", cellsSwapped),
    reject("tampered", "the last slice left out", lastSliceLeftOut),
    reject("malformed", "an attachment without a slice", noSlice),
    reject("tampered", "another hash of the attachment", wrongHash),
    reject("tampered", "another length of the attachment", wrongLength),
    reject("tampered", "another recording key", wrongKey),
    reject("truncated", "a slice longer than its cells", tooLongSlice),
    reject("malformed", "a list of cells that is no list", brokenList),
    reject("malformed", "four annexes", annexedFour),
    reject("malformed", "an annex with an unknown field", annexNoise),
    reject("malformed", "a padding list that is no list", annexTab),
    reject("tampered", "another hash of the annex", annexHash),
    reject("too-long", "an annex of 64 MiB and a byte", annexHuge),
  ],
}
