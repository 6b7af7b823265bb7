import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8Bytes } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"

const SALT_BYTES = 16
const CHECK_BYTES = 16

/** What a veil adds to a payload, in bytes: the salt before it, the check after it. */
export const VEIL_BYTES: number = SALT_BYTES + CHECK_BYTES

/** A cell under its veil, in bytes. */
export const VEILED_CELL_BYTES: number = CELL_BYTES + VEIL_BYTES

/**
 * Makes bytes look random: 16 random bytes, then ChaCha20-Poly1305 under a key that anyone can derive from them.
 *
 * A veil is no seal: it hides nothing from a program that knows this page, and its check proves nothing about who wrote
 * it. It keeps a tool that looks for known beginnings of files from finding any. Source: `spec/veil.md`.
 */
export async function veil(
  payload: Uint8Array,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
): Promise<Uint8Array> {
  const salt = primitives.random(SALT_BYTES)
  return concatBytes(salt, await primitives.aeadSeal(veilKey(salt), NONCE, payload))
}

/**
 * What lies under a veil, or null where there is none or a bit of it has changed.
 *
 * @param received - one whole veil, attacker-controlled; the caller bounds it.
 */
export async function unveil(
  received: Uint8Array,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<Uint8Array | null> {
  if (received.length < VEIL_BYTES) return null
  return await primitives.aeadOpen(
    veilKey(received.subarray(0, SALT_BYTES)),
    NONCE,
    received.subarray(SALT_BYTES),
  )
}

// The key is used once, for the salt is random: the nonce has nothing to tell apart.
const NONCE = new Uint8Array(12)

function veilKey(salt: Uint8Array): Uint8Array {
  return hkdf(sha256, salt, undefined, utf8Bytes("govah veil v1"), 32)
}
