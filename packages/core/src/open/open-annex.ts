import * as v from "valibot"
import { fromBase64Url, parseCanonicalJson, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import { type Annex, sliceFileKey } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { AnnexDocumentSchema } from "./annex-document.ts"
import { bodiesOf, type GetCell, requireCellList } from "./cell-reading.ts"
import { OpenError } from "./open-error.ts"
import { openPayload } from "./open-payload.ts"

/** Largest annexed body that is read, in bytes: the cell list of 16 GiB of attachments, and room. */
export const MAX_ANNEX_BYTES = 64 * 1024 * 1024
// Each annex shrinks what it holds by a factor of hundreds: three levels hold more than any limit allows.
const MAX_ANNEXES = 3

/** What an annex holds, or the cells that have not arrived. */
export type AnnexState<T> =
  | { readonly state: "whole"; readonly contents: T; readonly annexCells: readonly CellId[] }
  | { readonly state: "waiting"; readonly missing: readonly CellId[] }

/** Follows annexes down to the contents of a root. @throws OpenError `tampered`, `malformed`, `too-long`. */
export async function openAnnex<Schema extends v.GenericSchema>(
  outermost: Annex,
  schema: Schema,
  getCell: GetCell,
  primitives: Primitives,
): Promise<AnnexState<v.InferOutput<Schema>>> {
  let annex: Annex = outermost
  const annexCells: CellId[] = []
  for (let level = 0; level < MAX_ANNEXES; level++) {
    if (annex.bytes > MAX_ANNEX_BYTES)
      throw new OpenError("too-long", `an annex of ${annex.bytes} bytes is refused`)
    const ids = requireCellList(annex.cells)
    annexCells.push(...ids)
    const missing = await missingOf(ids, getCell)
    if (missing.length > 0) return { state: "waiting", missing }
    const bytes = await readAnnex(annex, ids, getCell, primitives)
    if (toHex(await primitives.sha256(bytes)) !== annex.sha256) {
      throw new OpenError("tampered", "the annex does not match its hash in the root")
    }
    const document = parseCanonicalJson(withoutFiller(bytes))
    const contents = v.safeParse(schema, document)
    if (contents.success) return { state: "whole", contents: contents.output, annexCells }
    const next = v.safeParse(AnnexDocumentSchema, document)
    if (!next.success)
      throw new OpenError("malformed", "the annex opens, but does not hold what its root says")
    annex = next.output.annex
  }
  throw new OpenError("malformed", `more than ${MAX_ANNEXES} annexes`)
}

async function readAnnex(
  annex: Annex,
  ids: readonly CellId[],
  getCell: GetCell,
  primitives: Primitives,
): Promise<Uint8Array> {
  const key = fromBase64Url(annex.key)
  if (key?.length !== 32) throw new OpenError("malformed", "the key of an annex is not 32 bytes")
  const whole = new Uint8Array(annex.bytes)
  let offset = 0
  for await (const piece of openPayload(
    sliceFileKey(key, 0),
    annex.bytes,
    bodiesOf(ids, getCell),
    primitives,
  )) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

async function missingOf(ids: readonly CellId[], getCell: GetCell): Promise<readonly CellId[]> {
  const missing: CellId[] = []
  for (const id of ids) if ((await getCell(id)) === null) missing.push(id)
  return missing
}

// By hand: a regular expression would take a time that grows with the square of a stranger's spaces.
function withoutFiller(annexed: Uint8Array): Uint8Array {
  let end = annexed.length
  while (end > 0 && annexed[end - 1] === 0x20) end--
  return annexed.subarray(0, end)
}
