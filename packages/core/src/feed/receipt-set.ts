import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8Bytes } from "../bytes/index.ts"
import { FeedError } from "./feed-error.ts"
import { decodePositions, encodePositions } from "./golomb.ts"

/** Bytes of one receipt tag: longer than any place in a set needs, so that places of all size classes follow from it. */
export const RECEIPT_TAG_BYTES = 16
/** Smallest size class of a receipt set, in tags: smaller sets would tell how few reports a desk got that day. */
export const MIN_RECEIPTS = 64
/** Largest size class of one set: 819,200 bytes. A number of the feed lists as many sets as it needs. */
export const MAX_RECEIPTS = 131_072
/**
 * Bits of a remainder. A stranger's tag falls on one of N places among N · 2^48, so one set matches falsely with
 * probability 2^-48 at most, and all 256 sets that a head may list with 2^-40.
 */
const REMAINDER_BITS = 48

/** Which of a parcel's two receipt secrets. */
export type ReceiptKind = "arrived" | "used"

/** A receipt set that was read. */
export interface ReceiptSet {
  /** Ascending. */
  readonly positions: readonly bigint[]
}

/** The tag by which only the holder of `secret` (32 bytes, inside the sealed root and on the phone) knows itself. */
export function receiptTag(secret: Uint8Array, kind: ReceiptKind): Uint8Array {
  return hkdf(sha256, secret, undefined, utf8Bytes(`govah receipt v1 ${kind}`), RECEIPT_TAG_BYTES)
}

/**
 * The tag of the `number`-th report of an anonymous witness that is whole at the desk, by the desk's own count. From
 * whatever device, whoever has the words knows it, and nobody else.
 *
 * @param back - `reply` of the sealed roots, 32 B, the same in all of that witness's.
 * @param number - from 1.
 */
export function backTag(back: Uint8Array, number: number): Uint8Array {
  return hkdf(sha256, back, undefined, utf8Bytes(`govah receipt v1 back ${number}`), RECEIPT_TAG_BYTES)
}

/**
 * A receipt set: a Golomb-coded set of tags, filled with random ones up to the next power of two, at least
 * {@link MIN_RECEIPTS}, so that its size tells little.
 *
 * @param tags - at most {@link MAX_RECEIPTS}.
 */
export function encodeReceiptSet(
  tags: readonly Uint8Array[],
  random: (byteLength: number) => Uint8Array,
): Uint8Array {
  if (tags.length > MAX_RECEIPTS) throw new RangeError(`one set holds at most ${MAX_RECEIPTS} receipts`)
  const size = Math.max(MIN_RECEIPTS, 2 ** Math.ceil(Math.log2(Math.max(1, tags.length))))
  const taken = new Set(tags.map((tag) => receiptPosition(tag, size, REMAINDER_BITS)))
  while (taken.size < size) taken.add(receiptPosition(random(RECEIPT_TAG_BYTES), size, REMAINDER_BITS))
  return encodePositions([...taken].sort(ascending), REMAINDER_BITS)
}

/** Bytes of a set of one size class. */
export function receiptSetBytes(size: number): number {
  return (size * (REMAINDER_BITS + 2)) / 8
}

/** Whether a set may have this length. */
export function isReceiptSetLength(bytes: number): boolean {
  const size = bytes / receiptSetBytes(1)
  return Number.isInteger(Math.log2(size)) && size >= MIN_RECEIPTS && size <= MAX_RECEIPTS
}

/** @param received - attacker-controlled. @throws FeedError `malformed`. */
export function openReceiptSet(received: Uint8Array): ReceiptSet {
  const size = received.length / receiptSetBytes(1)
  const positions = isReceiptSetLength(received.length)
    ? decodePositions(received, size, REMAINDER_BITS)
    : null
  if (positions === null) throw new FeedError("malformed", "not a set of receipts")
  return { positions }
}

/** Whether the set names the tag. */
export function receiptSetHas({ positions }: ReceiptSet, tag: Uint8Array): boolean {
  const wanted = receiptPosition(tag, positions.length, REMAINDER_BITS)
  let [from, to] = [0, positions.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((positions[middle] as bigint) < wanted) from = middle + 1
    else to = middle
  }
  return positions[from] === wanted
}

/**
 * Where a tag falls among `size · 2^bits` places: its 128 bits as a number, scaled. No place gets more than one tag in
 * 2^128 above its share.
 */
export function receiptPosition(tag: Uint8Array, size: number, bits: number): bigint {
  return (BigInt(`0x${toHex(tag)}`) * (BigInt(size) << BigInt(bits))) >> 128n
}

function ascending(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
