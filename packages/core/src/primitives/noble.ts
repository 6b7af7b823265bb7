import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha256 } from "@noble/hashes/sha2.js"
import type { Primitives } from "./primitives.ts"

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
    aeadSeal: (key, nonce, plaintext) => chacha20poly1305(key, nonce).encrypt(plaintext),
    aeadOpen: (key, nonce, ciphertext) => {
      try {
        return chacha20poly1305(key, nonce).decrypt(ciphertext)
      } catch {
        return null
      }
    },
    publicKey: (seed) => ed25519.getPublicKey(seed),
    sign: (seed, message) => ed25519.sign(message, seed),
    // zip215 accepts signatures that other verifiers refuse; one report must not be signed for one reader only.
    verify: (publicKey, message, signature) => {
      try {
        return ed25519.verify(signature, message, publicKey, { zip215: false })
      } catch {
        return false
      }
    },
  }
}
