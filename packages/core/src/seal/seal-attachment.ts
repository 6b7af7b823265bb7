import * as v from "valibot"
import { toBase64Url, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import {
  type Attachment,
  formatCellList,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  MediaTypeSchema,
  sliceFileKey,
} from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { ahead, type RunPosition, type SealedCell } from "./cut.ts"
import { sealRun } from "./parcel-end.ts"
import { SealError } from "./seal-error.ts"

/** A file or recording to seal. */
export interface AttachmentSource {
  /** A media type such as `image/jpeg`, in lower case and without parameters (`;codecs=…`). File names are not carried: they can name a person. */
  readonly type: string
  /** Whether its cells are to travel before those of the others: a preview. Left out: no. */
  readonly isAhead?: true
  /** Called once; plaintext is read as it is sealed and never kept. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** @throws SealError `too-long`, `bad-report`. */
export function checkAttachments(attachments: readonly { readonly type: string }[]): void {
  if (attachments.length > MAX_ATTACHMENTS) {
    throw new SealError("too-long", `a report carries at most ${MAX_ATTACHMENTS} attachments`)
  }
  const wrong = attachments.findIndex(({ type }) => !v.is(MediaTypeSchema, type))
  if (wrong >= 0) throw new SealError("bad-report", `attachment ${wrong + 1} has no plain media type`)
}

/**
 * Seals one attachment as one slice under a key of its own.
 *
 * @param position - advanced by one a cell.
 * @returns what the root says of it.
 */
export async function* sealAttachment(
  source: AttachmentSource,
  forget: Uint8Array,
  position: RunPosition,
  primitives: Primitives,
): AsyncGenerator<SealedCell, Attachment, void> {
  const key = primitives.random(32)
  const ids: CellId[] = []
  const hasher = primitives.hasher()
  let bytes = 0
  async function* measured(): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of source.open()) {
      bytes += piece.length
      if (bytes > MAX_ATTACHMENT_BYTES) {
        throw new SealError("too-long", `an attachment holds at most ${MAX_ATTACHMENT_BYTES} bytes`)
      }
      hasher.update(piece)
      yield piece
    }
  }
  const cells = sealRun(sliceFileKey(key, 0), measured(), forget, position, primitives)
  yield* noting(ids, source.isAhead === true ? ahead(cells) : cells)
  const attachment = {
    type: source.type,
    bytes,
    sha256: toHex(hasher.digest()),
    key: toBase64Url(key),
    slices: [bytes],
    cells: formatCellList(ids),
  }
  key.fill(0)
  return attachment
}

/** Passes cells on, and notes their ids. */
export async function* noting<T>(
  ids: CellId[],
  cells: AsyncGenerator<SealedCell, T, void>,
): AsyncGenerator<SealedCell, T, void> {
  for (;;) {
    const next = await cells.next()
    if (next.done === true) return next.value
    ids.push(next.value.id)
    yield next.value
  }
}
