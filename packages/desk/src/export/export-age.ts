import { fromBase64Url } from "@govah/core/bytes"
import { BODY_BYTES, type CellId } from "@govah/core/cell"
import { type AttachmentToOpen, openAttachment, OpenError } from "@govah/core/open"
import { parseCellList, payloadBytes, sliceFileKey } from "@govah/core/parcel"
import { makeAgeHeader, makeAgeHeaderFor, type RecipientRules, sealPayload } from "@govah/core/seal"
import { readCell } from "../intake/store-cells.ts"
import type { Room } from "../room.ts"
import { asDeskError, findAttachment } from "../view/report-view.ts"

/** For whom an attachment is exported. */
export interface ExportRecipients {
  /** `age1pq1…`, or where the rules allow it `age1…`; at least one, all of one kind. */
  readonly recipients: readonly string[]
  readonly rules: RecipientRules
}

/**
 * One attachment as a standard age file for any recipient.
 *
 * Where the attachment is one payload, that payload leaves as it came, behind a new header; it is opened and checked
 * first, and nothing is yielded of one that does not match its root. A recording is many payloads: these are opened and
 * sealed anew as one, so what came is provisional until the stream ends. A piece is the caller's only until it pulls the
 * next.
 *
 * @throws DeskError `unknown-root`, `not-whole`, `unreadable`, `no-attachment`, `damaged`; SealError `bad-recipient`,
 *   `mixed-recipients`.
 */
export async function* exportAge(
  room: Room,
  root: CellId,
  index: number,
  { recipients, rules }: ExportRecipients,
): AsyncGenerator<Uint8Array, void, void> {
  const { primitives } = room.deps
  const getCell = (id: CellId): Uint8Array | null => readCell(room.store, id)
  try {
    const attachment = await findAttachment(room, root, index)
    const [onlySlice, ...moreSlices] = attachment.slices
    if (onlySlice === undefined || moreSlices.length > 0) {
      const { bytes, fileKey } = await makeAgeHeader(recipients, null, rules)
      yield bytes
      yield* sealPayload(fileKey, openAttachment(attachment, getCell, primitives), primitives)
      return
    }
    const header = await makeAgeHeaderFor(recipients, sliceFileKey(recordingKey(attachment), 0), rules)
    // Draining it is the check.
    for await (const _ of openAttachment(attachment, getCell, primitives));
    yield header
    yield* payloadOf(attachment, onlySlice, getCell)
  } catch (error) {
    throw asDeskError(error, root, index)
  }
}

function recordingKey(attachment: AttachmentToOpen): Uint8Array {
  const key = fromBase64Url(attachment.key)
  if (key?.length !== 32) throw new OpenError("malformed", "a recording key is not 32 bytes")
  return key
}

function* payloadOf(
  attachment: AttachmentToOpen,
  plaintextBytes: number,
  getCell: (id: CellId) => Uint8Array | null,
): Generator<Uint8Array, void, void> {
  let left = payloadBytes(plaintextBytes)
  for (const id of parseCellList(attachment.cells) ?? []) {
    const cell = getCell(id)
    if (cell === null) throw new OpenError("missing-cell", "a cell is gone since it was looked at")
    const body = cell.subarray(0, Math.min(BODY_BYTES, left))
    left -= body.length
    yield body
  }
}
