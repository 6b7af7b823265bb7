import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, fromBase64Url, toBase64Url, toHex, utf8Bytes } from "../bytes/index.ts"

/**
 * Bytes of one receipt tag. With 2^20 tags in a set, a stranger's secret matches by chance with probability 2^-44,
 * below the 2^-40 that is promised.
 */
export const RECEIPT_TAG_BYTES = 8

/** Smallest size class of a receipt set, in tags: smaller sets would tell how few reports a desk has. */
export const MIN_RECEIPTS = 64

/** Which of a parcel's two receipt secrets. */
export type ReceiptKind = "arrived" | "used"

/** The tag by which only the holder of `secret` (32 bytes, inside the sealed root and on the phone) knows itself. */
export function receiptTag(secret: Uint8Array, kind: ReceiptKind): Uint8Array {
  return hkdf(sha256, secret, undefined, utf8Bytes(`govah receipt v1 ${kind}`), RECEIPT_TAG_BYTES)
}

/**
 * A receipt set: tags sorted, joined, in base64url; filled with random tags up to the next power of two, at least
 * {@link MIN_RECEIPTS}, so that its size tells little.
 */
export function encodeReceiptSet(
  tags: readonly Uint8Array[],
  random: (byteLength: number) => Uint8Array,
): string {
  const byHex = new Map(tags.map((tag) => [toHex(tag), tag]))
  const size = Math.max(MIN_RECEIPTS, 2 ** Math.ceil(Math.log2(Math.max(1, byHex.size))))
  while (byHex.size < size) {
    const filler = random(RECEIPT_TAG_BYTES)
    byHex.set(toHex(filler), filler)
  }
  const sorted = [...byHex.keys()].sort().map((hex) => byHex.get(hex) as Uint8Array)
  return toBase64Url(concatBytes(...sorted))
}

/** Whether the set names the tag. A set that is not well-formed names nothing. */
export function receiptSetHas(set: string, tag: Uint8Array): boolean {
  const bytes = fromBase64Url(set)
  if (bytes === null || bytes.length % RECEIPT_TAG_BYTES !== 0) return false
  const wanted = toHex(tag)
  for (let offset = 0; offset < bytes.length; offset += RECEIPT_TAG_BYTES) {
    if (toHex(bytes.subarray(offset, offset + RECEIPT_TAG_BYTES)) === wanted) return true
  }
  return false
}
