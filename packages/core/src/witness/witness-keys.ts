import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8Bytes } from "../bytes/index.ts"
import type { Stretch } from "../lock/index.ts"

/** What follows from a witness's words, for one desk. */
export interface WitnessKeys {
  /** Ed25519 seed that signs, 32 B. */
  readonly seed: Uint8Array
  /** Secret by which receipts and replies are found, 32 B. It opens no report. */
  readonly back: Uint8Array
}

/**
 * The keys of a witness. The salt is public and the desk's: the same words are another witness at another desk, and no
 * table of guesses serves for two.
 *
 * @param words - from `readWitnessWords`.
 * @param desk - verify key, 32 B.
 * @param stretch - its cost is a constant of the format (`spec/witness.md`).
 */
export async function witnessKeys(words: string, desk: Uint8Array, stretch: Stretch): Promise<WitnessKeys> {
  const salt = sha256(concatBytes(utf8Bytes("govah witness v1 salt"), desk))
  const password = utf8Bytes(words)
  const root = await stretch(password, salt)
  password.fill(0)
  const keys = { seed: derive(root, "key"), back: derive(root, "back") }
  root.fill(0)
  return keys
}

function derive(root: Uint8Array, what: string): Uint8Array {
  return hkdf(sha256, root, undefined, utf8Bytes(`govah witness v1 ${what}`), 32)
}
