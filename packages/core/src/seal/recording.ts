import { canonicalJsonBytes, type Json, toBase64Url } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import { type Attachment, formatCellList } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { Report } from "../report/index.ts"
import { signLine } from "../signed/index.ts"
import type { RecipientRules } from "./age-header.ts"
import { checkReport } from "./check-report.ts"
import type { RunPosition, SealedCell } from "./cut.ts"
import { sealEnd, SIGNATURE_LINE_BYTES } from "./parcel-end.ts"
import { drawSecrets, makeHead, ownChain } from "./parcel-head.ts"
import { type RecordingCells, recordingCells } from "./recording-cells.ts"
import type { RecordingCloser } from "./recording-closing.ts"
import { type AttachmentSource, checkAttachments, noting, sealAttachment } from "./seal-attachment.ts"
import { SealError } from "./seal-error.ts"
import { beginRoot, type OpenRoot } from "./seal-root.ts"
import type { SealedParcel, Sender } from "./seal-parcel.ts"

/** What is known before the first slice. */
export interface RecordingInput {
  /** The report as far as it goes now: what a desk sees if a crash cuts the recording. */
  readonly draft: Report
  /** A media type in lower case, without parameters. */
  readonly type: string
  readonly recipients: readonly string[]
  readonly rules: RecipientRules
  /** The desk's verify key, base64url of 32 B. */
  readonly desk: string
  readonly sender: Sender
}

/** What is known when the recording ends. */
export interface RecordingEnd {
  readonly report: Report
  /** What else goes with it, after the recording. */
  readonly attachments: readonly AttachmentSource[]
  /** Ed25519 seed of the unit, 32 B: the same as at the start. */
  readonly seed: Uint8Array
}

/**
 * A recording on its way into cells. The recording key is in memory here and inside the provisional root, which only
 * the desk opens; it is nowhere else.
 */
export interface Recording extends Pick<RecordingCells, "slices" | "ids" | "sealSlice" | "fill"> {
  /** Sealed before any slice. It is kept first, and leaves only with a closing root. */
  readonly provisional: SealedCell
  readonly closer: RecordingCloser
  /** Secret by which the phone knows its receipt, 32 B. */
  readonly arrived: Uint8Array
  /** As in `SealedParcel`, 32 B; the final root says the same one. */
  readonly reply: Uint8Array | null
  /**
   * Yields the cells that follow those of the recording, the final root last. {@link Recording.fill} was called before.
   * May be called again where it did not come to its end.
   *
   * @throws SealError `bad-report`, `too-long`, before anything is yielded.
   */
  finish(end: RecordingEnd): AsyncGenerator<SealedCell, SealedParcel, void>
  /** Wipes the keys: nothing can be sealed any more. */
  forgetKeys(): void
}

/**
 * Begins a recording: draws its keys and seals its provisional root.
 *
 * @throws SealError `bad-report`, `bad-recipient`, `mixed-recipients`, `too-long`.
 */
export async function createRecording(input: RecordingInput, primitives: Primitives): Promise<Recording> {
  const draft = checkReport(input.draft)
  checkAttachments([input])
  const { recipients, rules, desk, type } = input
  const secrets = drawSecrets(primitives, input.sender.back)
  const { forget } = secrets
  const key = primitives.random(32)
  const closerSeed = primitives.random(32)
  const senderKey = toBase64Url(await primitives.publicKey(input.sender.seed))
  const head = makeHead(input, senderKey, secrets)
  const closerKey = toBase64Url(await primitives.publicKey(closerSeed))
  const root = await beginRoot(recipients, forget, rules, primitives, 1)
  const document = fittingDocument(root, draft, (report) => ({
    ...head,
    recording: { type, key: toBase64Url(key), closer: closerKey, report },
  }))
  const sealed = await root.seal(await signLine("govah-root-v1", document, input.sender.seed, primitives))
  const cells = recordingCells(key, forget, primitives)
  let usable = true

  async function* finish(end: RecordingEnd): AsyncGenerator<SealedCell, SealedParcel, void> {
    if (!usable) throw new TypeError("the keys of this recording were wiped")
    const report = checkReport(end.report)
    const recorded = cells.slices.length > 0
    checkAttachments([...(recorded ? [{ type }] : []), ...end.attachments])
    if (toBase64Url(await primitives.publicKey(end.seed)) !== senderKey) {
      throw new SealError("bad-report", "a recording ends with the key that it began with")
    }
    const finalRoot = await beginRoot(recipients, forget, rules, primitives)
    const cellIds: CellId[] = [...cells.ids]
    const attachments: Attachment[] = []
    if (recorded) {
      attachments.push({
        type,
        bytes: cells.bytes,
        sha256: cells.sha256(),
        key: toBase64Url(key),
        slices: [...cells.slices],
        cells: formatCellList(cells.ids),
      })
    }
    const position: RunPosition = { run: "attachment", next: cells.ids.length }
    for (const source of end.attachments) {
      attachments.push(yield* noting(cellIds, sealAttachment(source, forget, position, primitives)))
    }
    const ending = sealEnd(
      {
        root: finalRoot,
        forget,
        cellsBefore: cellIds.length,
        head,
        field: "body",
        contents: (padding) => ({ attachments, padding, report }),
        seed: end.seed,
      },
      primitives,
    )
    const rootId = yield* noting(cellIds, ending)
    return { rootId, cellIds, arrived: secrets.arrived, used: secrets.used, reply: ownChain(input, secrets) }
  }

  return {
    slices: cells.slices,
    ids: cells.ids,
    sealSlice: cells.sealSlice,
    fill: cells.fill,
    provisional: { id: sealed.id, bytes: sealed.cell },
    closer: { seed: closerSeed, parcel: head.parcel, desk, recipients, rules, provisional: sealed.id },
    arrived: secrets.arrived,
    reply: ownChain(input, secrets),
    finish,
    forgetKeys: () => {
      usable = false
      for (const secret of [key, forget, closerSeed]) secret.fill(0)
    },
  }
}

/**
 * The document with as much of the draft as one cell holds: a recording must begin now, and an annex would have to
 * become durable first. Claims go first, then the end of the words.
 */
function fittingDocument(root: OpenRoot, draft: Report, document: (report: Report) => Json): Json {
  const room = root.capacity - SIGNATURE_LINE_BYTES
  for (let length = draft.text.length; ; length = Math.floor(length / 2)) {
    const report = length === draft.text.length ? draft : shortened(draft, length)
    const made = document(report)
    if (canonicalJsonBytes(made).length <= room) return made
    if (length > 0) continue
    const bare = document({ ...shortened(draft, 0), place: null, action: null })
    if (canonicalJsonBytes(bare).length <= room) return bare
    throw new SealError("too-long", "the recipients leave no room for a provisional root")
  }
}

function shortened(draft: Report, length: number): Report {
  // Never half a character.
  const text = draft.text.slice(0, length).replace(/[\ud800-\udbff]$/, "")
  return { ...draft, text, claims: [] }
}
