import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { openPart, SEAL_BYTES, sealPart, VAULT_KEY_BYTES } from "./sealed-part.ts"

/*
 * A lock file: four places of 4,096 bytes. Places 0 and 1 are one slot, 2 and 3 the other; the two places of a slot say
 * the same, except while a passphrase is being changed. One slot is the person's; the other is for a second passphrase
 * that wipes, or holds random bytes. Which is which is drawn, and cannot be seen.
 *
 *      0  salt, 32          32  stamp, 16          48  sealed kind and key, 61          109  random bytes
 *
 * Salt and stamp are the same in all four places. `spec/lock.md`.
 */
export const PLACE_BYTES = 4096
export const PLACES = 4
export const LOCK_BYTES: number = PLACE_BYTES * PLACES
export const SALT_BYTES = 32
export const STAMP_BYTES = 16
const SEALED_AT: number = SALT_BYTES + STAMP_BYTES
const SEALED_BYTES: number = 1 + VAULT_KEY_BYTES + SEAL_BYTES

/** What a passphrase of a lock is for: `own` opens, `duress` wipes and then opens what is empty. */
export type LockKind = "own" | "duress"

/** What all places of one lock share. */
export interface LockMark {
  /** 32 B: both passphrases are stretched with it. */
  readonly salt: Uint8Array
  /** 16 B: drawn again whenever the key behind the lock is. */
  readonly stamp: Uint8Array
}

/** One place, as it opened. */
export interface OpenedPlace {
  readonly kind: LockKind
  /** 32 B; for `duress` it opens nothing. */
  readonly key: Uint8Array
}

/**
 * Makes one place.
 *
 * @param stretched - the passphrase after Argon2id, 32 B; null for a place that no passphrase opens and that looks the same.
 */
export async function makePlace(
  mark: LockMark,
  stretched: Uint8Array | null,
  opened: OpenedPlace,
  primitives: Primitives,
): Promise<Uint8Array> {
  const place = primitives.random(PLACE_BYTES)
  place.set(mark.salt)
  place.set(mark.stamp, SALT_BYTES)
  if (stretched === null) return place
  const plaintext = concatBytes(Uint8Array.of(opened.kind === "own" ? 1 : 2), opened.key)
  place.set(await sealPart(wrappingKey(stretched), plaintext, primitives), SEALED_AT)
  return place
}

/** What a stretched passphrase opens in a place, or null. */
export async function openPlace(
  place: Uint8Array,
  stretched: Uint8Array,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<OpenedPlace | null> {
  const sealed = place.subarray(SEALED_AT, SEALED_AT + SEALED_BYTES)
  const plaintext = await openPart(wrappingKey(stretched), sealed, primitives)
  if (plaintext === null) return null
  const kind = plaintext[0] === 1 ? "own" : plaintext[0] === 2 ? "duress" : null
  return kind === null ? null : { kind, key: plaintext.slice(1) }
}

/** Salt and stamp of a place. */
export function markOf(place: Uint8Array): LockMark {
  return { salt: place.slice(0, SALT_BYTES), stamp: place.slice(SALT_BYTES, SEALED_AT) }
}

/** The first bytes of a place of a lock without a passphrase: the key follows, for whoever holds the disk. */
const OPEN_FORM: Uint8Array = utf8Bytes("govah open lock\n")
const CHECKSUM_BYTES = 32

/** A place of a lock that has no passphrase. */
export async function makeOpenPlace(key: Uint8Array, primitives: Primitives): Promise<Uint8Array> {
  const said = concatBytes(OPEN_FORM, key)
  const place = new Uint8Array(PLACE_BYTES)
  place.set(said)
  place.set(await primitives.sha256(said), said.length)
  return place
}

/** The key in a place of a lock that has no passphrase, or null. */
export async function openOpenPlace(
  place: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
): Promise<Uint8Array | null> {
  const end = OPEN_FORM.length + VAULT_KEY_BYTES
  const said = place.slice(0, end)
  if (!equalBytes(said.subarray(0, OPEN_FORM.length), OPEN_FORM)) return null
  const checksum = place.subarray(end, end + CHECKSUM_BYTES)
  return equalBytes(checksum, await primitives.sha256(said)) ? said.slice(OPEN_FORM.length) : null
}

function wrappingKey(stretched: Uint8Array): Uint8Array {
  return hkdf(sha256, stretched, undefined, utf8Bytes("govah field lock v1"), 32)
}
