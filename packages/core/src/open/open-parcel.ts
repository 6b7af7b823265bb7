import * as v from "valibot"
import { fromBase64Url, parseCanonicalJson, toHex } from "../bytes/index.ts"
import { type CellId, COMMITMENT_BYTES } from "../cell/index.ts"
import {
  type Annex,
  type Attachment,
  type ParcelBody,
  ParcelBodySchema,
  parseCellList,
  sliceFileKey,
} from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { AnnexDocumentSchema } from "./annex-document.ts"
import { OpenError } from "./open-error.ts"
import type { OpenedRoot } from "./open-root.ts"
import { openPayload } from "./open-payload.ts"

/** Looks a cell up among those that have arrived; null where it has not. */
export type GetCell = (id: CellId) => Uint8Array | null | Promise<Uint8Array | null>

/** Largest annexed body that is read, in bytes: the cell list of 16 GiB of attachments, and room. */
export const MAX_ANNEX_BYTES = 64 * 1024 * 1024
// Each annex shrinks what it holds by a factor of hundreds: three levels hold more than any limit allows.
const MAX_ANNEXES = 3

/** What is known of a parcel's body. */
export type BodyState =
  | { readonly state: "whole"; readonly body: ParcelBody; readonly annexCells: readonly CellId[] }
  | { readonly state: "waiting"; readonly missing: readonly CellId[] }

/**
 * Reads the body of an opened root, following annexes.
 *
 * @returns `waiting` with the ids of cells that have not arrived.
 * @throws OpenError `tampered`, `malformed`, `too-long`.
 */
export async function openBody(
  root: OpenedRoot,
  getCell: GetCell,
  primitives: Primitives,
): Promise<BodyState> {
  if ("body" in root.document) return { state: "whole", body: root.document.body, annexCells: [] }
  let annex: Annex = root.document.annex
  const annexCells: CellId[] = []
  for (let level = 0; level < MAX_ANNEXES; level++) {
    if (annex.bytes > MAX_ANNEX_BYTES)
      throw new OpenError("too-long", `an annex of ${annex.bytes} bytes is refused`)
    const ids = requireCellList(annex.cells)
    annexCells.push(...ids)
    const missing = await missingOf(ids, getCell)
    if (missing.length > 0) return { state: "waiting", missing }
    const bytes = await collect(openSlice(annex.key, 0, annex.bytes, ids, getCell, primitives), annex.bytes)
    if (toHex(await primitives.sha256(bytes)) !== annex.sha256) {
      throw new OpenError("tampered", "the annex does not match its hash in the root")
    }
    const document = parseCanonicalJson(withoutFiller(bytes))
    const body = v.safeParse(ParcelBodySchema, document)
    if (body.success) return { state: "whole", body: body.output, annexCells }
    const next = v.safeParse(AnnexDocumentSchema, document)
    if (!next.success) throw new OpenError("malformed", "the annex opens, but does not hold a report")
    annex = next.output.annex
  }
  throw new OpenError("malformed", `more than ${MAX_ANNEXES} annexes`)
}

/** All cells of a body: attachments in order, then padding. @throws OpenError `malformed`. */
export function bodyCells(body: ParcelBody): readonly CellId[] {
  const ids: CellId[] = []
  for (const attachment of body.attachments) ids.push(...attachmentCells(attachment))
  for (const id of requireCellList(body.padding)) ids.push(id)
  return ids
}

/** The cells of one attachment, in order. @throws OpenError `malformed`. */
export function attachmentCells(attachment: Attachment): readonly CellId[] {
  return attachment.slices.flatMap((slice) => requireCellList(slice.cells))
}

/**
 * Opens one attachment as a stream. Its hash is checked when the stream ends: what came before is provisional.
 *
 * @throws OpenError `missing-cell`, `tampered`, `truncated`, `malformed`.
 */
export async function* openAttachment(
  attachment: Attachment,
  getCell: GetCell,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  const hasher = primitives.hasher()
  let bytes = 0
  for (const [index, slice] of attachment.slices.entries()) {
    const ids = requireCellList(slice.cells)
    for await (const piece of openSlice(attachment.key, index, slice.bytes, ids, getCell, primitives)) {
      hasher.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  if (bytes !== attachment.bytes || toHex(hasher.digest()) !== attachment.sha256) {
    throw new OpenError("tampered", "the attachment does not match its hash in the root")
  }
}

function openSlice(
  recordingKey: string,
  index: number,
  plaintextBytes: number,
  ids: readonly CellId[],
  getCell: GetCell,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  const key = fromBase64Url(recordingKey)
  if (key?.length !== 32) throw new OpenError("malformed", "a recording key is not 32 bytes")
  return openPayload(sliceFileKey(key, index), plaintextBytes, bodiesOf(ids, getCell), primitives)
}

async function* bodiesOf(ids: readonly CellId[], getCell: GetCell): AsyncGenerator<Uint8Array, void, void> {
  for (const [index, id] of ids.entries()) {
    const cell = await getCell(id)
    if (cell === null)
      throw new OpenError("missing-cell", `cell ${index + 1} of ${ids.length} has not arrived`)
    yield cell.subarray(0, cell.length - COMMITMENT_BYTES)
  }
}

async function missingOf(ids: readonly CellId[], getCell: GetCell): Promise<readonly CellId[]> {
  const missing: CellId[] = []
  for (const id of ids) if ((await getCell(id)) === null) missing.push(id)
  return missing
}

async function collect(pieces: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(bytes)
  let offset = 0
  for await (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

// By hand: a regular expression would take a time that grows with the square of a stranger's spaces.
function withoutFiller(annexed: Uint8Array): Uint8Array {
  let end = annexed.length
  while (end > 0 && annexed[end - 1] === 0x20) end--
  return annexed.subarray(0, end)
}

function requireCellList(text: string): readonly CellId[] {
  const ids = parseCellList(text)
  if (ids === null) throw new OpenError("malformed", "a list of cells is not whole ids")
  return ids
}
