import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha256 } from "@noble/hashes/sha2.js"
import type { Aead } from "./aead.ts"
import { verifyEd25519 } from "./ed25519.ts"
import type { Primitives } from "./primitives.ts"

/** ChaCha20-Poly1305 in plain JavaScript: what is left where a platform has none of its own. */
export const nobleAead: Aead = {
  aeadInFlight: 1,
  aeadSeal: (key, nonce, plaintext, into) => chacha20poly1305(key, nonce).encrypt(plaintext, into),
  aeadOpen: (key, nonce, ciphertext, into) => {
    // A key of the wrong size is the caller's bug, and must not look like a wrong tag.
    if (key.length !== 32 || nonce.length !== 12) throw new RangeError("a key has 32 bytes and a nonce 12")
    try {
      // The library looks at the tag before it writes anything.
      return chacha20poly1305(key, nonce).decrypt(ciphertext, into)
    } catch {
      return null
    }
  },
}

/**
 * Primitives in plain JavaScript (the noble libraries): slow, and present on every platform.
 *
 * @param random - the platform's cryptographic generator, e.g. over `crypto.getRandomValues`.
 */
export function noblePrimitives(random: (byteLength: number) => Uint8Array): Primitives {
  return {
    random,
    sha256: (bytes) => sha256(bytes),
    hasher: () => {
      const hash = sha256.create()
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() }
    },
    ...nobleAead,
    publicKey: (seed) => ed25519.getPublicKey(seed),
    sign: (seed, message) => ed25519.sign(message, seed),
    verify: verifyEd25519,
  }
}
