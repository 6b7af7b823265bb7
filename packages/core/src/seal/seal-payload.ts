import { CHUNK_BYTES, chunkNonce, NONCE_BYTES, payloadKey } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"

/**
 * Seals a stream as an age payload: a fresh nonce, then chunks of 64 KiB and a tag.
 *
 * Pulls from `source` only as it is pulled from, and holds at most one chunk and one piece of the source.
 *
 * @param fileKey - 16 B; must never seal two payloads with the same nonce, so a fresh nonce is drawn here.
 * @returns the payload in pieces: 16 B, then one piece a chunk.
 */
export async function* sealPayload(
  fileKey: Uint8Array,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  const nonce = primitives.random(NONCE_BYTES)
  const key = payloadKey(fileKey, nonce)
  yield nonce
  const chunk = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  let index = 0
  for await (const piece of source) {
    let offset = 0
    while (offset < piece.length) {
      // A full chunk is sealed only when more follows: only then is it known not to be the last.
      if (filled === CHUNK_BYTES) {
        yield await primitives.aeadSeal(key, chunkNonce(index++, false), chunk)
        filled = 0
      }
      const taken = Math.min(CHUNK_BYTES - filled, piece.length - offset)
      chunk.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
    }
  }
  yield await primitives.aeadSeal(key, chunkNonce(index, true), chunk.subarray(0, filled))
  chunk.fill(0)
  key.fill(0)
}
