import { hkdf } from "@noble/hashes/hkdf.js"
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
  return hkdf(sha256, secret, undefined, utf8Bytes(`govah forget v1 ${run} ${index}`), 32)
}

/** The commitment to a forget token: SHA-256, 32 bytes. */
export function commitTo(token: Uint8Array): Uint8Array {
  return sha256(token)
}
