import { toBase64Url } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import type { Attachment } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { Report } from "../report/index.ts"
import type { RecipientRules } from "./age-header.ts"
import type { RunPosition, SealedCell } from "./cut.ts"
import { sealEnd } from "./parcel-end.ts"
import { drawSecrets, makeHead, ownChain } from "./parcel-head.ts"
import { type AttachmentSource, checkAttachments, noting, sealAttachment } from "./seal-attachment.ts"
import { checkReport } from "./check-report.ts"
import { beginRoot } from "./seal-root.ts"

/** What is sealed, for whom, and by whom. */
export interface ParcelInput {
  readonly report: Report
  readonly attachments: readonly AttachmentSource[]
  /** `age1pq1…` of the desk's intake term; more than one for more than one keeper. */
  readonly recipients: readonly string[]
  readonly rules: RecipientRules
  /** The desk's verify key, base64url of 32 B. */
  readonly desk: string
  readonly sender: Sender
}

/** Who seals. */
export interface Sender {
  /** Ed25519 seed of the unit, 32 B. */
  readonly seed: Uint8Array
  /** The secret of the invitation, base64url of 16 B, until the desk has shown that it knows the unit. */
  readonly invitation: string | null
  /** Of an anonymous witness who may come back: the secret of all replies, 32 B (`core/witness`). */
  readonly back?: Uint8Array
}

/** What the sender keeps of a parcel: nothing of it opens the parcel. */
export interface SealedParcel {
  readonly rootId: CellId
  /** All cells, root last. */
  readonly cellIds: readonly CellId[]
  /** Secret by which the phone knows its receipt, 32 B. */
  readonly arrived: Uint8Array
  readonly used: Uint8Array
  /**
   * Secret from which the chain of the desk's replies begins, 32 B. Whoever keeps it can read them all: see `core/reply`.
   * Null where the sender has one chain for all parcels.
   */
  readonly reply: Uint8Array | null
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
  const report = checkReport(input.report)
  checkAttachments(input.attachments)
  const secrets = drawSecrets(primitives, input.sender.back)
  const senderKey = toBase64Url(await primitives.publicKey(input.sender.seed))
  const head = makeHead(input, senderKey, secrets)
  const root = await beginRoot(input.recipients, secrets.forget, input.rules, primitives)
  const cellIds: CellId[] = []
  const attachments: Attachment[] = []
  const position: RunPosition = { run: "attachment", next: 0 }
  for (const source of input.attachments) {
    attachments.push(yield* noting(cellIds, sealAttachment(source, secrets.forget, position, primitives)))
  }
  const rootId = yield* noting(
    cellIds,
    sealEnd(
      {
        root,
        forget: secrets.forget,
        cellsBefore: cellIds.length,
        head,
        field: "body",
        contents: (padding) => ({ attachments, padding, report }),
        seed: input.sender.seed,
      },
      primitives,
    ),
  )
  return { rootId, cellIds, arrived: secrets.arrived, used: secrets.used, reply: ownChain(input, secrets) }
}
