import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8Bytes } from "../bytes/index.ts"

/** Plaintext bytes of one chunk of an age payload. Source: C2SP age, "Payload". */
export const CHUNK_BYTES = 65_536
/** Bytes of a Poly1305 tag. */
export const TAG_BYTES = 16
/** Bytes of the nonce at the start of an age payload. */
export const NONCE_BYTES = 16
/** Longest age header of a root, in bytes: five hybrid recipients and a forget stanza. No reader looks further. */
export const MAX_HEADER_BYTES = 8_192
/** Bytes of an age file key. */
export const FILE_KEY_BYTES = 16

/** Ciphertext bytes of a payload, nonce included, for `plaintextBytes` of plaintext. */
export function payloadBytes(plaintextBytes: number): number {
  return NONCE_BYTES + plaintextBytes + TAG_BYTES * Math.max(1, Math.ceil(plaintextBytes / CHUNK_BYTES))
}

/** Plaintext bytes of a payload of `sealedBytes`, nonce included; null where no payload has that length. */
export function plaintextBytes(sealedBytes: number): number | null {
  const chunks = Math.ceil((sealedBytes - NONCE_BYTES) / (CHUNK_BYTES + TAG_BYTES))
  const plain = sealedBytes - NONCE_BYTES - TAG_BYTES * chunks
  return plain >= 0 && payloadBytes(plain) === sealedBytes ? plain : null
}

/** The key of an age payload. @param fileKey - 16 B. @param nonce - 16 B. @returns 32 B. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(sha256, fileKey, nonce, utf8Bytes("payload"), 32)
}

/** The age file key of one slice of a recording. @param recordingKey - 32 B. @returns 16 B. */
export function sliceFileKey(recordingKey: Uint8Array, index: number): Uint8Array {
  return hkdf(sha256, recordingKey, undefined, utf8Bytes(`govah slice v1 ${index}`), FILE_KEY_BYTES)
}

/** Nonce of chunk `index`: an 11-byte big-endian counter, then 1 for the last chunk, else 0. */
export function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setUint32(3, Math.floor(index / 2 ** 32))
  view.setUint32(7, index >>> 0)
  nonce[11] = last ? 1 : 0
  return nonce
}
