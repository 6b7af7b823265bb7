import { concatBytes } from "../bytes/index.ts"
import { CHUNK_BYTES, chunkNonce, NONCE_BYTES, payloadBytes, payloadKey, TAG_BYTES } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { OpenError } from "./open-error.ts"

/**
 * Opens an age payload of known plaintext length, chunk by chunk.
 *
 * Each piece that comes out is authenticated by its own tag; that nothing is missing is known only when the generator
 * ends, so a caller treats what it has as provisional until then.
 *
 * @param plaintextBytes - true length, from the sealed root. Ciphertext beyond its payload is padding and is ignored.
 * @throws OpenError `tampered`, `truncated`.
 */
export async function* openPayload(
  fileKey: Uint8Array,
  plaintextBytes: number,
  ciphertext: AsyncIterable<Uint8Array>,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  let left = payloadBytes(plaintextBytes)
  let buffered: Uint8Array = new Uint8Array(0)
  let key: Uint8Array | null = null
  let index = 0
  for await (const piece of ciphertext) {
    if (left === 0) break
    const taken = piece.subarray(0, left)
    left -= taken.length
    buffered = concatBytes(buffered, taken)
    if (key === null && buffered.length >= NONCE_BYTES) {
      key = payloadKey(fileKey, buffered.subarray(0, NONCE_BYTES))
      buffered = buffered.slice(NONCE_BYTES)
    }
    while (key !== null && buffered.length > CHUNK_BYTES + TAG_BYTES) {
      yield await openChunk(key, index++, false, buffered.subarray(0, CHUNK_BYTES + TAG_BYTES), primitives)
      buffered = buffered.slice(CHUNK_BYTES + TAG_BYTES)
    }
  }
  if (left > 0 || key === null) throw new OpenError("truncated", `${left} bytes of ciphertext are missing`)
  yield await openChunk(key, index, true, buffered, primitives)
}

async function openChunk(
  key: Uint8Array,
  index: number,
  last: boolean,
  sealed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const plaintext = await primitives.aeadOpen(key, chunkNonce(index, last), sealed)
  if (plaintext === null) throw new OpenError("tampered", `chunk ${index} of the payload was changed`)
  return plaintext
}
