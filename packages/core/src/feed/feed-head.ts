import * as v from "valibot"
import { fromBase64Url, fromHex, type Json, toBase64Url, toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, signLine, verifyLine } from "../signed/index.ts"
import { FeedError } from "./feed-error.ts"
import { formatPartList, type ListedPart, parsePartList } from "./part-list.ts"
import { isReceiptSetLength } from "./receipt-set.ts"
import { MAX_WARNINGS, WarningSchema } from "./warning.ts"

/** Longest head in bytes: every list at its greatest length, and sixteen warnings in three-byte letters. */
export const MAX_HEAD_BYTES = 65_536
/** Longest part: a set of 131,072 receipts, or a bucket of 1,024 replies. What a phone holds in memory at a time. */
export const MAX_PART_BYTES = 1_048_576
/** Most bytes of one number with all its parts: 256 buckets of 64 KiB, and as much again. */
export const MAX_FEED_BYTES = 33_554_432
/** Most receipt sets of one number: one a day for 90 days, and room for desks that speak oftener. */
export const MAX_RECEIPT_SETS = 256
export const MAX_BULLETINS = 32
/** Longest bulletin, padding included. */
export const MAX_BULLETIN_BYTES = 32_768
export const MAX_CALLS = 8
/** Longest call with its materials, padding included. */
export const MAX_CALL_BYTES = 65_536
/** Shortest bulletin or call; each longer class is twice the one before. */
export const MIN_DOCUMENT_BYTES = 1_024
/** Longest card that is given as an intake notice. */
export const MAX_NOTICE_BYTES = 16_384
/** Bytes of one reply slot. */
export const REPLY_SLOT_BYTES = 1_024
/** Most buckets. Beyond 25,600 correspondents they grow instead. */
export const MAX_BUCKETS = 256

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))
const isClass = (max: number) => (bytes: number) =>
  isPowerOfTwo(bytes) && bytes >= MIN_DOCUMENT_BYTES && bytes <= max
const isNotice = (bytes: number): boolean => bytes >= 1 && bytes <= MAX_NOTICE_BYTES

const parts = (most: number, fits: (bytes: number) => boolean, least = 0) =>
  v.pipe(
    v.string(),
    v.transform(parsePartList),
    v.check((list) => list !== null && list.length >= least && list.length <= most),
    v.transform((list) => list ?? []),
    v.check((list) => list.every(({ bytes }) => fits(bytes))),
  )
const buckets = v.pipe(
  v.string(),
  v.transform((text) => fromBase64Url(text)),
  v.check((bytes) => bytes !== null && bytes.length % 32 === 0 && isPowerOfTwo(bytes.length / 32)),
  v.transform((bytes) =>
    Array.from({ length: (bytes?.length ?? 0) / 32 }, (_, i) =>
      toHex((bytes as Uint8Array).subarray(i * 32, i * 32 + 32)),
    ),
  ),
  v.maxLength(MAX_BUCKETS),
)

const HeadDocument = v.strictObject({
  v: v.literal(1),
  desk: v.pipe(
    v.string(),
    v.check((text) => fromBase64Url(text)?.length === 32),
  ),
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_147_483_647)),
  previous: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  day: v.pipe(v.string(), v.isoDate()),
  warnings: v.pipe(v.array(WarningSchema), v.maxLength(MAX_WARNINGS)),
  intake: parts(1, isNotice, 1),
  receipts: parts(MAX_RECEIPT_SETS, isReceiptSetLength),
  bulletins: parts(MAX_BULLETINS, isClass(MAX_BULLETIN_BYTES)),
  calls: parts(MAX_CALLS, isClass(MAX_CALL_BYTES)),
  replies: v.strictObject({
    slots: v.pipe(
      v.number(),
      v.check((slots) => isPowerOfTwo(slots) && slots <= MAX_PART_BYTES / REPLY_SLOT_BYTES),
    ),
    buckets,
  }),
})

/**
 * The head of one number of a desk's feed: what is new, and the hashes of the parts that say it.
 *
 * `desk` is the verify key (base64url, 32 B); `number` counts from 1; `previous` is the SHA-256 of the head before (null
 * for 1); `day` is the day it was made (UTC); `intake` holds one part, the newest card. Buckets are named by hash (hex)
 * alone: each holds `slots` reply slots.
 */
export type FeedHead = Readonly<v.InferOutput<typeof HeadDocument>>

/** A head as it stands in its line. */
export type FeedHeadDocument = v.InferInput<typeof HeadDocument>

/** Every part of a number, in the order in which they follow its head in a whole file. */
export function listedParts(head: FeedHead): readonly ListedPart[] {
  const bytes = head.replies.slots * REPLY_SLOT_BYTES
  const bucketParts = head.replies.buckets.map((sha256) => ({ sha256, bytes }))
  return [...head.intake, ...head.receipts, ...head.bulletins, ...head.calls, ...bucketParts]
}

/**
 * Signs a head.
 *
 * @param seed - 32 bytes, the Ed25519 seed of the key in `head.desk`.
 * @throws FeedError `malformed`, `too-long`: no reader would take it.
 */
export async function signFeedHead(
  head: FeedHead,
  seed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const { slots } = head.replies
  const hashes = head.replies.buckets.map((hash) => [...(fromHex(hash) ?? [])]).flat()
  const document = {
    ...head,
    warnings: head.warnings.map((warning) => ({ ...warning })),
    intake: formatPartList(head.intake),
    receipts: formatPartList(head.receipts),
    bulletins: formatPartList(head.bulletins),
    calls: formatPartList(head.calls),
    replies: { slots, buckets: toBase64Url(Uint8Array.from(hashes)) },
  } satisfies FeedHeadDocument & Json
  const bytes = await signLine("govah-feed-v1", document, seed, primitives)
  checkLength(bytes)
  checkDocument(document)
  return bytes
}

/**
 * Reads a head and verifies its signature under the key that it names. The caller still asks whether that key is the desk
 * it knows, and whether number and `previous` follow what it has (`feed-chain.ts`).
 *
 * @param received - attacker-controlled.
 * @throws FeedError `too-long`, `malformed`, `unknown-version`, `bad-signature`.
 */
export async function openFeedHead(received: Uint8Array, primitives: Primitives): Promise<FeedHead> {
  checkLength(received)
  const line = parseSignedLine(received)
  if (line === null || line.rest.length > 0) throw new FeedError("malformed", "not the head of a feed")
  const head = checkDocument(line.document)
  const key = fromBase64Url(head.desk) as Uint8Array
  if (!(await verifyLine("govah-feed-v1", line, key, primitives))) {
    throw new FeedError("bad-signature", `head ${head.number} is not signed by the desk that it names`)
  }
  return head
}

function checkDocument(document: Json): FeedHead {
  const parsed = v.safeParse(HeadDocument, document)
  if (!parsed.success) {
    const version = (document as { v?: Json } | null)?.v
    if (typeof version === "number" && version > 1) {
      throw new FeedError("unknown-version", `feed version ${version} is newer than this program`)
    }
    throw new FeedError(
      "malformed",
      `not the head of a feed: ${v.getDotPath(parsed.issues[0]) ?? "document"}`,
    )
  }
  const listed = listedParts(parsed.output)
  if (new Set(listed.map(({ sha256 }) => sha256)).size < listed.length) {
    throw new FeedError("malformed", "a head names a part twice")
  }
  const total = listed.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > MAX_FEED_BYTES - MAX_HEAD_BYTES) {
    throw new FeedError(
      "too-long",
      `a number of a feed has at most ${MAX_FEED_BYTES} bytes, this one ${total}`,
    )
  }
  return parsed.output
}

function checkLength({ length }: Uint8Array): void {
  if (length > MAX_HEAD_BYTES) {
    throw new FeedError("too-long", `a feed's head has at most ${MAX_HEAD_BYTES} bytes, this one ${length}`)
  }
}
