import { equalBytes } from "../bytes/index.ts"
import type { Aead } from "./aead.ts"

/** What is needed of the Web Cryptography API; `crypto.subtle` fits. */
export interface SubtleAead<Key = unknown> {
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
export function webAead<Key>(subtle: SubtleAead<Key>): Aead {
  let last: { readonly bytes: Uint8Array; readonly key: Promise<Key> } | null = null
  let underWay = 0

  const withKey = async <T>(bytes: Uint8Array, use: (key: Key) => Promise<T>): Promise<T> => {
    if (last === null || !equalBytes(last.bytes, bytes)) {
      const copy = whole(bytes.slice())
      last = {
        bytes: copy,
        key: subtle.importKey("raw-secret", copy, { name: NAME }, false, ["encrypt", "decrypt"]),
      }
    }
    underWay++
    try {
      return await use(await last.key)
    } finally {
      if (--underWay === 0) last = null
    }
  }

  return {
    // Measured: more than eight chunks at a time gain nothing (bench/seal-browser).
    aeadInFlight: 8,
    aeadSeal: (key, nonce, plaintext) => {
      checkSizes(key, nonce)
      const algorithm = { name: NAME, iv: whole(nonce.slice()) } as const
      return withKey(
        key,
        async (imported) => new Uint8Array(await subtle.encrypt(algorithm, imported, whole(plaintext))),
      )
    },
    aeadOpen: (key, nonce, ciphertext) => {
      checkSizes(key, nonce)
      if (ciphertext.length < TAG_BYTES) return null
      const algorithm = { name: NAME, iv: whole(nonce.slice()) } as const
      return withKey(key, async (imported) => {
        try {
          return new Uint8Array(await subtle.decrypt(algorithm, imported, whole(ciphertext)))
        } catch (error) {
          // The API's name for a tag that does not match; anything else is not about the bytes.
          if (error instanceof Error && error.name === "OperationError") return null
          throw error
        }
      })
    },
  }
}

// The API copies its input before it returns, and takes everything but shared memory.
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

function checkSizes(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== 32 || nonce.length !== 12) throw new RangeError("a key has 32 bytes and a nonce 12")
}
