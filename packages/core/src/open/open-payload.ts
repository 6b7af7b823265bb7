import {
  CHUNK_BYTES,
  chunkNonce,
  NONCE_BYTES,
  payloadBytes,
  payloadKey,
  spentPieces,
  TAG_BYTES,
} from "../parcel/index.ts"
import type { Awaitable, Primitives } from "../primitives/index.ts"
import { OpenError } from "./open-error.ts"

const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

/**
 * Opens an age payload of known plaintext length, chunk by chunk.
 *
 * Each piece that comes out is authenticated by its own tag; that nothing is missing is known only when the generator
 * ends, so a caller treats what it has as provisional until then. Holds one piece of the ciphertext and as many chunks as
 * the platform opens at a time. A piece that comes out is the caller's only until it pulls the next: its memory is used
 * again, and overwritten with zeros at the end.
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
  const lastIndex = Math.max(1, Math.ceil(plaintextBytes / CHUNK_BYTES)) - 1
  // The nonce, or a chunk that is not whole yet.
  const held = new Uint8Array(Math.min(SEALED_CHUNK_BYTES, left))
  let filled = 0
  let index = 0
  let key: Uint8Array | null = null
  let letGo: (() => void) | undefined
  const spent = spentPieces()
  const underWay: { readonly index: number; readonly plaintext: Awaitable<Uint8Array | null> }[] = []
  const atATime = primitives.aeadInFlight ?? 1
  const take = (part: Uint8Array): void => {
    if (key === null) {
      key = payloadKey(fileKey, part)
      letGo = primitives.aeadHold?.(key)
      return
    }
    const into = spent.take(part.length - TAG_BYTES)
    const plaintext = primitives.aeadOpen(key, chunkNonce(index, index === lastIndex), part, into)
    if (plaintext instanceof Promise) plaintext.catch(() => {})
    underWay.push({ index: index++, plaintext })
  }
  try {
    for await (const piece of ciphertext) {
      const end = Math.min(piece.length, left)
      let offset = 0
      while (offset < end) {
        // `left` counts what is neither held nor taken.
        const wanted = key === null ? NONCE_BYTES : Math.min(SEALED_CHUNK_BYTES, filled + left)
        const taken = Math.min(wanted - filled, end - offset)
        const part = piece.subarray(offset, offset + taken)
        offset += taken
        left -= taken
        if (taken === wanted) take(part)
        else {
          held.set(part, filled)
          filled += taken
          if (filled === wanted) {
            take(held.subarray(0, filled))
            filled = 0
          }
        }
        while (underWay.length >= atATime) {
          const plaintext = await opened(underWay.shift())
          try {
            yield plaintext
          } finally {
            spent.giveBack(plaintext)
          }
        }
      }
      if (left === 0) break
    }
    for (const chunk of underWay) {
      const plaintext = await opened(chunk)
      try {
        yield plaintext
      } finally {
        spent.giveBack(plaintext)
      }
    }
    if (left > 0) throw new OpenError("truncated", `${left} bytes of ciphertext are missing`)
  } finally {
    spent.wipe()
    letGo?.()
    // The type checker does not see the assignment in `take`.
    ;(key as Uint8Array | null)?.fill(0)
  }
}

async function opened(
  chunk: { readonly index: number; readonly plaintext: Awaitable<Uint8Array | null> } | undefined,
): Promise<Uint8Array> {
  const plaintext = await chunk?.plaintext
  if (chunk === undefined || plaintext === undefined) throw new TypeError("no chunk is under way")
  if (plaintext === null) throw new OpenError("tampered", `chunk ${chunk.index} of the payload was changed`)
  return plaintext
}
