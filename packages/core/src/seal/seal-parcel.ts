import * as v from "valibot"
import { canonicalJsonBytes, concatBytes, type Json, toBase64Url, toHex } from "../bytes/index.ts"
import { type CellId, cellId } from "../cell/index.ts"
import {
  type Annex,
  type Attachment,
  formatCellList,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  MediaTypeSchema,
  RootHeadSchema,
  sliceFileKey,
} from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseReport, type Report } from "../report/index.ts"
import { signLine } from "../signed/index.ts"
import type { RecipientRules } from "./age-header.ts"
import { planAnnex } from "./annex-plan.ts"
import { cutCells, paddingCell, type RunPosition } from "./cut.ts"
import { SealError } from "./seal-error.ts"
import { sealPayload } from "./seal-payload.ts"
import { beginRoot } from "./seal-root.ts"

/** A file or recording to seal. */
export interface AttachmentSource {
  /** A media type such as `image/jpeg`, in lower case and without parameters (`;codecs=…`). File names are not carried: they can name a person. */
  readonly type: string
  /** Called once; plaintext is read as it is sealed and never kept. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** What is sealed, for whom, and by whom. */
export interface ParcelInput {
  readonly report: Report
  readonly attachments: readonly AttachmentSource[]
  /** `age1pq1…` of the desk's intake term; more than one for more than one keeper. */
  readonly recipients: readonly string[]
  readonly rules: RecipientRules
  /** The desk's verify key, base64url of 32 B. */
  readonly desk: string
  readonly sender: {
    /** Ed25519 seed of the unit, 32 B. */
    readonly seed: Uint8Array
    /** The secret of the invitation, base64url of 16 B, until the desk has shown that it knows the unit. */
    readonly invitation: string | null
  }
}

/** One cell of a parcel, ready for any road. */
export interface SealedCell {
  readonly id: CellId
  readonly bytes: Uint8Array
}

/** What the sender keeps of a parcel: nothing of it opens the parcel. */
export interface SealedParcel {
  readonly rootId: CellId
  /** All cells, root last. */
  readonly cellIds: readonly CellId[]
  /** Secret by which the phone knows its receipt, 32 B. */
  readonly arrived: Uint8Array
  readonly used: Uint8Array
}

/**
 * Seals a report and its attachments, and yields every cell as soon as it is full; the root comes last.
 *
 * Memory stays flat but for 32 B a cell. The keys exist only inside this generator and the sealed root: when it has
 * returned, the sender cannot open the parcel.
 *
 * @throws SealError before anything is yielded for a bad report or recipient; `too-long` in mid-stream where an
 *   attachment outgrows its limit (the cells so far are then worthless and harmless).
 */
export async function* sealParcel(
  input: ParcelInput,
  primitives: Primitives,
): AsyncGenerator<SealedCell, SealedParcel, void> {
  const report = checkInput(input)
  const forget = primitives.random(32)
  const arrived = primitives.random(32)
  const used = primitives.random(32)
  const head = v.safeParse(RootHeadSchema, {
    v: 1,
    desk: input.desk,
    parcel: toBase64Url(primitives.random(16)),
    sender: {
      key: toBase64Url(await primitives.publicKey(input.sender.seed)),
      invitation: input.sender.invitation,
    },
    forget: toBase64Url(forget),
    arrived: toBase64Url(arrived),
    used: toBase64Url(used),
  })
  if (!head.success) throw new SealError("bad-report", "the desk's key or the invitation is damaged")
  const root = await beginRoot(input.recipients, forget, input.rules, primitives)
  const cellIds: CellId[] = []

  const emit = async (bytes: Uint8Array): Promise<SealedCell> => {
    const id = await cellId(bytes, primitives)
    cellIds.push(id)
    return { id, bytes }
  }
  async function* sealRun(
    fileKey: Uint8Array,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    position: RunPosition,
  ): AsyncGenerator<SealedCell, void, void> {
    for await (const bytes of cutCells(
      sealPayload(fileKey, source, primitives),
      forget,
      position,
      primitives,
    )) {
      yield await emit(bytes)
    }
  }

  const attachments: Attachment[] = []
  const attachmentPosition: RunPosition = { run: "attachment", next: 0 }
  for (const source of input.attachments) {
    const key = primitives.random(32)
    const measured = measure(source.open(), primitives)
    const firstCell = cellIds.length
    yield* sealRun(sliceFileKey(key, 0), measured.stream, attachmentPosition)
    const { bytes, sha256 } = measured.result()
    const cells = formatCellList(cellIds.slice(firstCell))
    attachments.push({ type: source.type, bytes, sha256, key: toBase64Url(key), slices: [{ bytes, cells }] })
  }

  const bodyWith = (padding: string): Json => ({ attachments, padding, report })
  const room = root.capacity - SIGNATURE_LINE_BYTES
  const emptyAnnex: Annex = { bytes: 2 ** 40, sha256: "0".repeat(64), key: "A".repeat(43), cells: "" }
  const plan = planAnnex({
    fixedCells: cellIds.length + 1,
    bodyBytes: canonicalJsonBytes(bodyWith("")).length,
    inlineRoom: room - canonicalJsonBytes({ ...head.output, body: 0 }).length + 1,
    annexRoom: room - canonicalJsonBytes({ ...head.output, annex: 0 }).length + 1,
    descriptorBytes: canonicalJsonBytes(emptyAnnex).length,
  })

  const firstPadding = cellIds.length
  const paddingPosition: RunPosition = { run: "padding", next: 0 }
  for (let i = 0; i < plan.padding; i++) yield await emit(paddingCell(forget, paddingPosition, primitives))
  const body = bodyWith(formatCellList(cellIds.slice(firstPadding)))

  let document: Json = { ...head.output, body }
  let annexed = fillWithSpaces(canonicalJsonBytes(body), plan.annexBytes)
  const annexPosition: RunPosition = { run: "annex", next: 0 }
  while (canonicalJsonBytes(document).length > room) {
    const key = primitives.random(32)
    const firstCell = cellIds.length
    yield* sealRun(sliceFileKey(key, 0), [annexed], annexPosition)
    const annex: Annex = {
      bytes: annexed.length,
      sha256: toHex(await primitives.sha256(annexed)),
      key: toBase64Url(key),
      cells: formatCellList(cellIds.slice(firstCell)),
    }
    document = { ...head.output, annex }
    annexed = canonicalJsonBytes({ annex })
  }

  const sealed = await root.seal(await signLine("govah-root-v1", document, input.sender.seed, primitives))
  cellIds.push(sealed.id)
  yield { id: sealed.id, bytes: sealed.cell }
  return { rootId: sealed.id, cellIds, arrived, used }
}

// Everything that a reader would refuse is refused here, before anything is sealed: afterwards nobody could mend it.
function checkInput(input: ParcelInput): Report {
  const checked = parseReport(input.report)
  if ("wrong" in checked) throw new SealError("bad-report", `the report is not well-formed: ${checked.wrong}`)
  try {
    canonicalJsonBytes(checked.report)
  } catch (cause) {
    throw new SealError("bad-report", "the report holds half a character", { cause })
  }
  if (input.attachments.length > MAX_ATTACHMENTS) {
    throw new SealError("too-long", `a report carries at most ${MAX_ATTACHMENTS} attachments`)
  }
  const wrong = input.attachments.findIndex(({ type }) => !v.is(MediaTypeSchema, type))
  if (wrong >= 0) throw new SealError("bad-report", `attachment ${wrong + 1} has no plain media type`)
  return checked.report
}

// A line feed, 64 bytes of signature in base64url, a line feed.
const SIGNATURE_LINE_BYTES = 88

function fillWithSpaces(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.length >= length ? bytes : concatBytes(bytes, new Uint8Array(length - bytes.length).fill(0x20))
}

function measure(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  primitives: Primitives,
): { stream: AsyncIterable<Uint8Array>; result(): { bytes: number; sha256: string } } {
  const hasher = primitives.hasher()
  let bytes = 0
  async function* stream(): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of source) {
      bytes += piece.length
      if (bytes > MAX_ATTACHMENT_BYTES) {
        throw new SealError("too-long", `an attachment holds at most ${MAX_ATTACHMENT_BYTES} bytes`)
      }
      hasher.update(piece)
      yield piece
    }
  }
  return { stream: stream(), result: () => ({ bytes, sha256: toHex(hasher.digest()) }) }
}
