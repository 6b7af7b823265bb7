import { sha256 } from "@noble/hashes/sha2.js"
import { LogError } from "./log-error.ts"

/** Bytes of every hash in a log. */
export const HASH_BYTES = 32

/** Largest entry: its length must fit the two bytes that an entry bundle gives it (C2SP tlog-tiles). */
export const MAX_ENTRY_BYTES = 65_535

/** Root of the empty tree: SHA-256 of nothing. Source: RFC 9162 section 2.1.1. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

/**
 * Leaf hash of one log entry: SHA-256(0x00 ‖ entry).
 *
 * The 0x00 keeps a leaf from ever being read as an inner node. Source: RFC 9162 section 2.1.1.
 *
 * @param entry - 0 to {@link MAX_ENTRY_BYTES}; attacker-controlled.
 * @returns 32 bytes.
 * @throws LogError `too-long`.
 */
export function leafHash(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES) throw new LogError("too-long", `entry of ${entry.length} bytes`)
  return sha256.create().update(Uint8Array.of(0)).update(entry).digest()
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), both 32 bytes. Source: RFC 9162 section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest()
}
