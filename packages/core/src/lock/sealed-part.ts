import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, toHex, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"

/** Bytes by which what is sealed is longer than what is in it: a nonce of 12 and a tag of 16. */
export const SEAL_BYTES = 28
/** Bytes of the key that everything in one place is sealed under. */
export const VAULT_KEY_BYTES = 32

const NONCE_BYTES = 12
const HIDDEN_BYTES = 8

/**
 * The key of one part of one file: what lies there opens nowhere else, not under another name and not as another part.
 *
 * @param name - of the file. @param part - what it is in that file. Neither has a space in it.
 */
export function partKey(vaultKey: Uint8Array, name: string, part: string): Uint8Array {
  return hkdf(sha256, vaultKey, undefined, utf8Bytes(`govah field seal v1 ${name} ${part}`), 32)
}

/** Seals one part: a fresh random nonce, then ChaCha20-Poly1305. Up to 2^32 times under one key. */
export async function sealPart(
  key: Uint8Array,
  plaintext: Uint8Array,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
): Promise<Uint8Array> {
  const nonce = primitives.random(NONCE_BYTES)
  return concatBytes(nonce, await primitives.aeadSeal(key, nonce, plaintext))
}

/** What is in a sealed part, or null where it was never written, was torn, has rotted, or lies in the wrong place. */
export async function openPart(
  key: Uint8Array,
  sealed: Uint8Array,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<Uint8Array | null> {
  if (sealed.length < SEAL_BYTES) return null
  return await primitives.aeadOpen(key, sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES))
}

/** The name of a file that is called after something known to others, such as a hash: 16 digits that mean nothing. */
export function hiddenName(vaultKey: Uint8Array, kind: string, of: string): string {
  const info = utf8Bytes(`govah field name v1 ${kind} ${of}`)
  return `${kind}-${toHex(hkdf(sha256, vaultKey, undefined, info, HIDDEN_BYTES))}`
}
