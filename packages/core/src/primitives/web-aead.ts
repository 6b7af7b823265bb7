import { equalBytes } from "../bytes/index.ts"
import type { Aead } from "./aead.ts"

/** `crypto.subtle`. Its types do not know this algorithm yet, on any platform. */
export interface Subtle {
  readonly importKey: unknown
  readonly encrypt: unknown
  readonly decrypt: unknown
}

// The part of it that is used, as the draft has it.
interface SubtleAead {
  importKey(
    format: "raw-secret",
    key: Uint8Array<ArrayBuffer>,
    algorithm: { readonly name: "ChaCha20-Poly1305" },
    extractable: false,
    uses: ("encrypt" | "decrypt")[],
  ): Promise<Key>
  encrypt(algorithm: SubtleNonce, key: Key, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  decrypt(algorithm: SubtleNonce, key: Key, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

/** Opaque. */
type Key = { readonly type: "secret" }

interface SubtleNonce {
  readonly name: "ChaCha20-Poly1305"
  readonly iv: Uint8Array<ArrayBuffer>
}

const NAME = "ChaCha20-Poly1305"
const TAG_BYTES = 16

/**
 * ChaCha20-Poly1305 of the Web Cryptography API, for chunks in a row: the key last used stays imported until nothing is
 * under way. Not every browser has it, so it goes through a self-test (`aead.ts`) before it is used.
 *
 * Source: WICG "Modern Algorithms in the Web Cryptography API".
 */
export function webAead(platform: Subtle): Aead {
  const subtle = platform as SubtleAead
  let last: { readonly bytes: Uint8Array; readonly imported: Promise<Key>; key: Key | null } | null = null
  let underWay = 0

  const imported = (bytes: Uint8Array): NonNullable<typeof last> => {
    if (last !== null && equalBytes(last.bytes, bytes)) return last
    const copy = whole(bytes.slice())
    const importing = subtle.importKey("raw-secret", copy, { name: NAME }, false, ["encrypt", "decrypt"])
    const next: NonNullable<typeof last> = { bytes: copy, imported: importing, key: null }
    last = next
    return next
  }
  const run = async (
    use: "encrypt" | "decrypt",
    key: Uint8Array,
    nonce: Uint8Array,
    data: Uint8Array,
  ): Promise<Uint8Array> => {
    if (key.length !== 32 || nonce.length !== 12) throw new RangeError("a key has 32 bytes and a nonce 12")
    const algorithm = { name: NAME, iv: whole(nonce.slice()) } as const
    const held = imported(key)
    underWay++
    try {
      // With the key at hand the API copies its input before it returns; while the key is being imported, we do.
      if (held.key !== null) return new Uint8Array(await subtle[use](algorithm, held.key, whole(data)))
      const copy = whole(data.slice())
      held.key = await held.imported
      return new Uint8Array(await subtle[use](algorithm, held.key, copy))
    } finally {
      if (--underWay === 0) last = null
    }
  }

  return {
    // Measured: more than eight chunks at a time gain nothing (bench/seal-browser).
    aeadInFlight: 8,
    aeadSeal: (key, nonce, plaintext) => run("encrypt", key, nonce, plaintext),
    aeadOpen: async (key, nonce, ciphertext) => {
      if (ciphertext.length < TAG_BYTES) return null
      try {
        return await run("decrypt", key, nonce, ciphertext)
      } catch (error) {
        // The API's name for a tag that does not match; anything else is not about the bytes.
        if (error instanceof Error && error.name === "OperationError") return null
        throw error
      }
    },
  }
}

// The API takes everything but shared memory.
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}
