import { extract } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8Bytes } from "../bytes/index.ts"

/** Which run of a parcel's cells a position counts in. */
export type CellRun = "attachment" | "annex" | "padding" | "root"

/**
 * The token that makes a relay forget one cell; its SHA-256 is the cell's forget commitment.
 *
 * @param secret - 32 bytes, made once a parcel and kept only inside the sealed root.
 * @param index - position within the run, from 0.
 * @returns 32 bytes. Source: `spec/cell.md`.
 */
export function forgetToken(secret: Uint8Array, run: CellRun, index: number): Uint8Array {
  return forgetTokens(secret)(run, index)
}

/** {@link forgetToken} for the many cells of one parcel: what depends on the secret alone is done once. */
export function forgetTokens(secret: Uint8Array): (run: CellRun, index: number) => Uint8Array {
  // HKDF-Expand to 32 bytes is one HMAC over the info and the byte 1 (RFC 5869 section 2.3).
  const keyed = hmac.create(sha256, extract(sha256, secret))
  // Copied into one hash again and again: a token is needed for every cell, and fresh ones cost as much as the hashing.
  const working = keyed.clone()
  return (run, index) =>
    keyed
      ._cloneInto(working)
      .update(utf8Bytes(`govah forget v1 ${run} ${index}\u0001`))
      .digest()
}

/** The commitment to a forget token: SHA-256, 32 bytes. */
export function commitTo(token: Uint8Array): Uint8Array {
  return sha256(token)
}
