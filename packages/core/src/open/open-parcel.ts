import { fromBase64Url, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import {
  type Attachment,
  type ParcelBody,
  ParcelBodySchema,
  payloadBytes,
  sliceFileKey,
} from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { bodiesOf, byteReader, type GetCell, requireCellList } from "./cell-reading.ts"
import { openAnnex } from "./open-annex.ts"
import { OpenError } from "./open-error.ts"
import { openPayload } from "./open-payload.ts"
import type { OpenedRoot } from "./open-root.ts"

/** An attachment as it is opened. `sha256` is null where a crash cut the recording: nobody hashed the whole. */
export type AttachmentToOpen = Omit<Attachment, "sha256"> & { readonly sha256: string | null }

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
  { document }: Pick<OpenedRoot, "document">,
  getCell: GetCell,
  primitives: Primitives,
): Promise<BodyState> {
  if ("body" in document) return { state: "whole", body: document.body, annexCells: [] }
  const opened = await openAnnex(document.annex, ParcelBodySchema, getCell, primitives)
  if (opened.state === "waiting") return opened
  return { state: "whole", body: opened.contents, annexCells: opened.annexCells }
}

/** All cells of a body: attachments in order, then padding. @throws OpenError `malformed`. */
export function bodyCells(body: {
  readonly attachments: readonly { readonly cells: string }[]
  readonly padding: string
}): readonly CellId[] {
  const ids: CellId[] = []
  for (const attachment of body.attachments) for (const id of attachmentCells(attachment)) ids.push(id)
  for (const id of requireCellList(body.padding)) ids.push(id)
  return ids
}

/** The cells of one attachment, in order. @throws OpenError `malformed`. */
export function attachmentCells(attachment: { readonly cells: string }): readonly CellId[] {
  return requireCellList(attachment.cells)
}

/**
 * Opens one attachment as a stream. Its hash is checked when the stream ends: what came before is provisional. A piece is
 * the caller's only until it pulls the next.
 *
 * @throws OpenError `missing-cell`, `tampered`, `truncated`, `malformed`.
 */
export async function* openAttachment(
  attachment: AttachmentToOpen,
  getCell: GetCell,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  const key = fromBase64Url(attachment.key)
  if (key?.length !== 32) throw new OpenError("malformed", "a recording key is not 32 bytes")
  const hasher = primitives.hasher()
  const reader = byteReader(bodiesOf(requireCellList(attachment.cells), getCell))
  let bytes = 0
  try {
    for (const [index, sliceBytes] of attachment.slices.entries()) {
      const ciphertext = reader.take(payloadBytes(sliceBytes))
      for await (const piece of openPayload(sliceFileKey(key, index), sliceBytes, ciphertext, primitives)) {
        hasher.update(piece)
        bytes += piece.length
        yield piece
      }
    }
  } finally {
    await reader.close()
  }
  const sha256 = toHex(hasher.digest())
  if (bytes !== attachment.bytes || (attachment.sha256 !== null && sha256 !== attachment.sha256)) {
    throw new OpenError("tampered", "the attachment does not match its hash in the root")
  }
}
