import { canonicalJsonBytes, type Json, parseCanonicalJson } from "../bytes/index.ts"
import { MIN_DOCUMENT_BYTES } from "../feed/index.ts"
import { BulletinError } from "./bulletin-error.ts"

/** A document and the bytes behind its line, zeros and all. */
export interface PaddedDocument {
  readonly document: Json
  /** What follows the line feed: a material, then zeros. */
  readonly rest: Uint8Array
}

/**
 * A line of canonical JSON, a material, and zeros up to the next power of two, at least 1,024 bytes: the length tells
 * little of what is said.
 *
 * @throws BulletinError `too-long`.
 */
export function padDocument(document: Json, material: Uint8Array, maxBytes: number): Uint8Array {
  const line = canonicalJsonBytes(document)
  const used = line.length + 1 + material.length
  const length = Math.max(MIN_DOCUMENT_BYTES, 2 ** Math.ceil(Math.log2(used)))
  if (length > maxBytes)
    throw new BulletinError("too-long", `it has ${used} bytes, and ${maxBytes} is the most`)
  const padded = new Uint8Array(length)
  padded.set(line)
  padded[line.length] = 0x0a
  padded.set(material, line.length + 1)
  return padded
}

/** The inverse. @param received - attacker-controlled; of a length that a head may list. @throws BulletinError `malformed`. */
export function readPadded(received: Uint8Array): PaddedDocument {
  const end = received.indexOf(0x0a)
  const document = end < 0 ? null : parseCanonicalJson(received.subarray(0, end))
  if (document === null) throw new BulletinError("malformed", "no document in a part of the feed")
  return { document, rest: received.subarray(end + 1) }
}

/** Whether the document, its material and zeros are all there is, in the shortest class that holds them. */
export function isPaddedExactly(received: Uint8Array, rest: Uint8Array, materialBytes: number): boolean {
  const used = received.length - rest.length + materialBytes
  const length = Math.max(MIN_DOCUMENT_BYTES, 2 ** Math.ceil(Math.log2(used)))
  return length === received.length && rest.subarray(materialBytes).every((byte) => byte === 0)
}
