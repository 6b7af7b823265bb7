import { sha256 } from "@noble/hashes/sha2.js"
import {
  canonicalJson,
  fromBase64Url,
  type Json,
  parseCanonicalJson,
  toBase64Url,
  utf8Bytes,
} from "../bytes/index.ts"
import { LogError } from "./log-error.ts"

/** Bytes of a salt: 128 bits, without which a short value (a date, a town) could be guessed from its digest. */
export const SALT_BYTES = 16
/** Longest disclosure that is read, in characters. */
export const MAX_DISCLOSURE_CHARS = 4_194_304

/** One opened field of an entry. */
export interface Disclosed {
  readonly salt: string
  readonly name: string
  readonly value: Json
}

/**
 * Writes the disclosure of one field: base64url of the JSON array `[salt, name, value]`.
 *
 * As an SD-JWT object property's (RFC 9901 section 4.2.1); the JSON is canonical, so that one field has one spelling.
 *
 * @param salt - {@link SALT_BYTES} fresh random bytes, used for no other field.
 */
export function disclosure(salt: Uint8Array, name: string, value: Json): string {
  if (salt.length !== SALT_BYTES) throw new LogError("bad-disclosure", `salt of ${salt.length} bytes`)
  const text = toBase64Url(utf8Bytes(canonicalJson([toBase64Url(salt), name, value])))
  if (text.length > MAX_DISCLOSURE_CHARS)
    throw new LogError("too-long", `disclosure of ${text.length} characters`)
  return text
}

/** Digest of a disclosure: base64url of SHA-256 over its ASCII text (RFC 9901 section 4.2.3). 43 characters. */
export function disclosureDigest(text: string): string {
  return toBase64Url(sha256(utf8Bytes(text)))
}

/** Reads one disclosure. @param received - attacker-controlled. @throws LogError `bad-disclosure`, `too-long`. */
export function parseDisclosure(received: string): Disclosed {
  if (received.length > MAX_DISCLOSURE_CHARS)
    throw new LogError("too-long", `disclosure of ${received.length} characters`)
  const bytes = fromBase64Url(received)
  const parts = bytes === null ? null : parseCanonicalJson(bytes)
  if (!isJsonArray(parts) || parts.length !== 3)
    throw new LogError("bad-disclosure", "not [salt, name, value]")
  const [salt, name, value] = parts
  if (typeof salt !== "string" || fromBase64Url(salt)?.length !== SALT_BYTES)
    throw new LogError("bad-disclosure", "the salt is not 16 bytes")
  if (typeof name !== "string" || !/^[a-z][A-Za-z0-9]{0,31}$/.test(name))
    throw new LogError("bad-disclosure", "not a field's name")
  return { salt, name, value: value as Json }
}

function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
