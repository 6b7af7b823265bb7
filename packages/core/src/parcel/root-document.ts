import * as v from "valibot"
import { fromBase64Url } from "../bytes/index.ts"
import { ReportSchema } from "../report/index.ts"

/** Largest attachment in bytes: 16 GiB. Beyond it the list of cells would no longer fit in memory on a laptop. */
export const MAX_ATTACHMENT_BYTES: number = 16 * 1024 ** 3
/** Most attachments in one report. */
export const MAX_ATTACHMENTS = 64
/** Most slices in one attachment: 100 hours of recording at 2 s a slice. */
export const MAX_SLICES = 180_000

// Decoded, not only matched: 43 characters have 16 spellings of the same 32 bytes, and only one of them decodes later.
const key32 = v.pipe(
  v.string(),
  v.check((text) => fromBase64Url(text)?.length === 32),
)
const key16 = v.pipe(
  v.string(),
  v.check((text) => fromBase64Url(text)?.length === 16),
)
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
/** Cell ids, 32 bytes each, joined and written as one base64url string: a third shorter than a list. */
const cellIds = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/))
const attachmentBytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_ATTACHMENT_BYTES))
/** `type/subtype` in lower case, without parameters. */
export const MediaTypeSchema = v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/))

/** Plaintext bytes of each slice, in order; a file is one slice. */
const SlicesSchema = v.pipe(v.array(attachmentBytes), v.minLength(1), v.maxLength(MAX_SLICES))

const AttachmentSchema = v.strictObject({
  type: MediaTypeSchema,
  bytes: attachmentBytes,
  sha256: sha256Hex,
  /** The recording key: slice keys are derived from it. */
  key: key32,
  slices: SlicesSchema,
  /** The payloads of all slices, one after another. */
  cells: cellIds,
})

/** What a parcel says and holds. */
export const ParcelBodySchema = v.strictObject({
  report: ReportSchema,
  attachments: v.pipe(v.array(AttachmentSchema), v.maxLength(MAX_ATTACHMENTS)),
  padding: cellIds,
})

/** Where a body lies that does not fit into the root cell: its own sealed run of cells. */
export const AnnexSchema = v.strictObject({
  bytes: attachmentBytes,
  sha256: sha256Hex,
  key: key32,
  cells: cellIds,
})

/** What every root says of itself, whatever it holds. */
const head = {
  v: v.literal(1),
  /** The verify key of the desk that this was sealed for: no desk can pass a report on as sent to another. */
  desk: key32,
  /** Shared by all roots of one recording. */
  parcel: key16,
  sender: v.strictObject({ key: key32, invitation: v.nullable(key16) }),
  forget: key32,
  arrived: key32,
  used: key32,
  /** Where the desk's replies to this parcel begin (`spec/feed.md`). */
  reply: key32,
}

export const RootHeadSchema = v.strictObject(head)

/** What is known of a recording before its first slice. */
export const RecordingSchema = v.strictObject({
  type: MediaTypeSchema,
  /** The recording key. */
  key: key32,
  /** Public half of the one-time key that signs the closing root. */
  closer: key32,
  /** The report as far as it was known then. */
  report: ReportSchema,
})

/** What a closing root adds to its provisional root: where the recording lies, as far as it came. */
export const ClosingBodySchema = v.strictObject({
  slices: SlicesSchema,
  cells: cellIds,
  padding: cellIds,
})

/** What a closing root says of itself. None of it is a secret of the sender's but the parcel's id. */
const closingHead = {
  v: v.literal(1),
  desk: key32,
  parcel: key16,
  /** The one-time key: it signs this root, and the provisional root names it. */
  closer: key32,
  /** Id of the provisional root's cell. */
  provisional: sha256Hex,
  /** Forget secret of the cells that this root adds: itself, padding, annexes. */
  forget: key32,
}

export const FinalRootSchema = v.union([
  v.strictObject({ ...head, body: ParcelBodySchema }),
  v.strictObject({ ...head, annex: AnnexSchema }),
])
export const ProvisionalRootSchema = v.strictObject({ ...head, recording: RecordingSchema })
export const ClosingRootSchema = v.union([
  v.strictObject({ ...closingHead, closing: ClosingBodySchema }),
  v.strictObject({ ...closingHead, annex: AnnexSchema }),
])

export type Attachment = Readonly<v.InferOutput<typeof AttachmentSchema>>
export type Annex = Readonly<v.InferOutput<typeof AnnexSchema>>
export type ParcelBody = Readonly<v.InferOutput<typeof ParcelBodySchema>>
export type ClosingBody = Readonly<v.InferOutput<typeof ClosingBodySchema>>
/** The signed document of a root that holds a whole report. Fields and limits: `spec/root.md`. */
export type FinalRoot = Readonly<v.InferOutput<typeof FinalRootSchema>>
/** The signed document that stands for a recording while it runs. Source: `spec/recording.md`. */
export type ProvisionalRoot = Readonly<v.InferOutput<typeof ProvisionalRootSchema>>
/** The signed document that joins what a crash left of a recording. Source: `spec/recording.md`. */
export type ClosingRoot = Readonly<v.InferOutput<typeof ClosingRootSchema>>
