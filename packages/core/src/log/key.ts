import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8Bytes } from "../bytes/index.ts"
import { LogError } from "./log-error.ts"

/** Signature type of C2SP signed-note: Ed25519 over the note's text. The only one that a log key of ours has. */
export const ED25519_TYPE = 0x01

/** The public half of a log key. */
export interface VerifierKey {
  /** Also the log's origin; no white space, no plus. */
  readonly name: string
  /** First 4 bytes of SHA-256(name ‖ "\n" ‖ type ‖ key). */
  readonly id: Uint8Array
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

/** @throws LogError `bad-key` where the name or the key's length cannot stand in a signed note. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new LogError("bad-key", `key name of ${name.length} characters cannot be used`)
  if (publicKey.length !== 32) throw new LogError("bad-key", `public key of ${publicKey.length} bytes`)
  const id = sha256(concatBytes(utf8Bytes(`${name}\n`), Uint8Array.of(ED25519_TYPE), publicKey)).slice(0, 4)
  return { name, id, publicKey }
}

/** The one-line spelling of a key, `name+hex id+base64(type ‖ key)`. Source: C2SP signed-note, "Verifier keys". */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${toHex(key.id)}+${toBase64(concatBytes(Uint8Array.of(ED25519_TYPE), key.publicKey))}`
}

/** Reads the one-line spelling; refuses other signature types and an id that is not the key's. @throws LogError `bad-key`. */
export function parseVerifierKey(text: string): VerifierKey {
  if (text.length > 1000) throw new LogError("bad-key", `key text of ${text.length} characters`)
  // Base64 may hold a plus, a name and an id may not: only the first two separate.
  const first = text.indexOf("+")
  const second = text.indexOf("+", first + 1)
  if (first < 0 || second < 0) throw new LogError("bad-key", "a key is name+id+key")
  const id = fromHex(text.slice(first + 1, second))
  const typed = fromBase64(text.slice(second + 1))
  if (id === null || typed === null || typed.length !== 33 || typed[0] !== ED25519_TYPE)
    throw new LogError("bad-key", "not an Ed25519 verifier key")
  const key = verifierKey(text.slice(0, first), typed.slice(1))
  if (!equalBytes(id, key.id)) throw new LogError("bad-key", "the id does not belong to the key")
  return key
}

/** Whether `name` may name a key: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\s+\p{Cc}\p{Z}\u0085]{1,255}$/u.test(name)
}
