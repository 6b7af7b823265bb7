import { CHUNK_BYTES, chunkNonce, NONCE_BYTES, payloadKey, spentPieces, TAG_BYTES } from "../parcel/index.ts"
import type { Awaitable, Primitives } from "../primitives/index.ts"

/**
 * Seals a stream as an age payload: a fresh nonce, then chunks of 64 KiB and a tag.
 *
 * Pulls from `source` only as it is pulled from, and holds at most one piece of the source and as many chunks as the
 * platform seals at a time. A piece belongs to the source again when the next is pulled; and a piece that comes out is the
 * caller's only until it pulls the next: its memory is used again.
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
  const letGo = primitives.aeadHold?.(key)
  const underWay: Awaitable<Uint8Array>[] = []
  const spent = spentPieces()
  const atATime = primitives.aeadInFlight ?? 1
  const begin = (chunk: Uint8Array, last: boolean): void => {
    const into = spent.take(chunk.length + TAG_BYTES)
    const sealed = primitives.aeadSeal(key, chunkNonce(index++, last), chunk, into)
    // Whoever stops pulling leaves what is under way behind.
    if (sealed instanceof Promise) sealed.catch(() => {})
    underWay.push(sealed)
  }
  // What may be the last chunk: a full chunk is sealed only when more follows.
  const held = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  let index = 0
  try {
    yield nonce
    for await (const piece of source) {
      let offset = 0
      while (offset < piece.length) {
        if (filled === CHUNK_BYTES) {
          begin(held, false)
          filled = 0
        } else if (filled === 0 && piece.length - offset > CHUNK_BYTES) {
          begin(piece.subarray(offset, offset + CHUNK_BYTES), false)
          offset += CHUNK_BYTES
        } else {
          const taken = Math.min(CHUNK_BYTES - filled, piece.length - offset)
          held.set(piece.subarray(offset, offset + taken), filled)
          filled += taken
          offset += taken
        }
        while (underWay.length >= atATime) {
          const sealed = await (underWay.shift() as Awaitable<Uint8Array>)
          yield sealed
          spent.giveBack(sealed)
        }
      }
    }
    begin(held.subarray(0, filled), true)
    for (const sealed of underWay) yield await sealed
  } finally {
    letGo?.()
    held.fill(0)
    key.fill(0)
  }
}
