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

/** A key that is imported, or will be. */
interface Imported {
  readonly later: Promise<Key>
  now: Key | null
}

const NAME = "ChaCha20-Poly1305"
const TAG_BYTES = 16

/**
 * ChaCha20-Poly1305 of the Web Cryptography API. A key that is held is imported once, any other for its one call. Not every
 * browser has it, so it goes through a self-test (`aead.ts`) before it is used.
 *
 * The API answers in memory of its own, and what is lent for an answer is left alone. `transfer(0)` would not give it back:
 * Chromium keeps such memory until it collects garbage, and no longer knows that there is any (ADR 10).
 *
 * Source: WICG "Modern Algorithms in the Web Cryptography API".
 */
export function webAead(platform: Subtle): Aead {
  const subtle = platform as SubtleAead
  const held = new Map<Uint8Array, Imported>()

  const importKey = (bytes: Uint8Array): Promise<Key> =>
    subtle.importKey("raw-secret", whole(bytes), { name: NAME }, false, ["encrypt", "decrypt"])
  const run = async (
    use: "encrypt" | "decrypt",
    key: Uint8Array,
    nonce: Uint8Array,
    data: Uint8Array,
  ): Promise<Uint8Array> => {
    if (key.length !== 32 || nonce.length !== 12) throw new RangeError("a key has 32 bytes and a nonce 12")
    const algorithm = { name: NAME, iv: whole(nonce.slice()) } as const
    const imported = held.get(key)
    // With the key at hand the API copies its input before it returns; while the key is being imported, we do.
    if (imported !== undefined && imported.now !== null)
      return new Uint8Array(await subtle[use](algorithm, imported.now, whole(data)))
    const copy = whole(data.slice())
    return new Uint8Array(await subtle[use](algorithm, await (imported?.later ?? importKey(key)), copy))
  }

  return {
    // Measured: more chunks at a time gain nothing (docs/adr/0010-lent-memory.md).
    aeadInFlight: 8,
    aeadHold: (key) => {
      const imported: Imported = { later: importKey(key), now: null }
      // Where it fails, the calls that need it say so.
      imported.later.then(
        (imports) => (imported.now = imports),
        () => {},
      )
      held.set(key, imported)
      return () => void held.delete(key)
    },
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
