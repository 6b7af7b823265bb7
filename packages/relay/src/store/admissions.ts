import { fromBase64Url, toBase64Url } from "@govah/core/bytes"
import { ADMISSION_DAYS } from "../limits.ts"
import { RelayError } from "../relay-error.ts"
import type { Store } from "./store.ts"

/** Whom to admit. */
export interface AdmissionRequest {
  /** The desk's verify key, base64url of 32 bytes. */
  readonly deskKey: string
  /** Days from today that the capability lasts, 1 to {@link ADMISSION_DAYS}; the longest unless said. */
  readonly days?: number
}

/** A capability that is in force. The capability itself is known to its desk alone. */
export interface Admission {
  readonly deskKey: string
  /** The last day, in days since 1970-01-01. */
  readonly untilDay: number
}

/**
 * Admits a desk: it may pull everything and publish its feed until its term ends. Made anew for each term; an older
 * capability of the same desk stays until its own term ends.
 *
 * @returns the capability, base64url of 32 random bytes. It is shown once: the store keeps only its SHA-256.
 * @throws RelayError `bad-desk-key`, `bad-term`.
 */
export async function admit(store: Store, request: AdmissionRequest): Promise<string> {
  const days = request.days ?? ADMISSION_DAYS
  if (!Number.isInteger(days) || days < 1 || days > ADMISSION_DAYS) {
    throw new RelayError("bad-term", `a term lasts 1 to ${ADMISSION_DAYS} days`)
  }
  const deskKey = parseDeskKey(request.deskKey)
  if (deskKey === null)
    throw new RelayError("bad-desk-key", "a desk's verify key is 43 characters of base64url")
  const secret = store.deps.primitives.random(CAPABILITY_BYTES)
  const hash = await store.deps.primitives.sha256(secret)
  const until = store.today() + days
  store.transact(() => store.prepare("INSERT INTO admission VALUES (?, ?, ?)").run(hash, deskKey, until))
  return toBase64Url(secret)
}

/** Ends every capability of a desk at once. @returns how many there were. */
export function forgetAdmission(store: Store, deskKey: string): number {
  const key = parseDeskKey(deskKey)
  if (key === null) throw new RelayError("bad-desk-key", "a desk's verify key is 43 characters of base64url")
  return store.transact(() =>
    Number(store.prepare("DELETE FROM admission WHERE desk_key = ?").run(key).changes),
  )
}

/** The capabilities in force, by desk. */
export function listAdmissions(store: Store): Admission[] {
  const sql = "SELECT desk_key, until_day FROM admission WHERE until_day >= ? ORDER BY desk_key, until_day"
  const rows = store.prepare(sql).all(store.today()) as unknown as {
    desk_key: Uint8Array
    until_day: number
  }[]
  return rows.map((row) => ({ deskKey: toBase64Url(row.desk_key), untilDay: row.until_day }))
}

/** Whether `key` (32 bytes) is the verify key of a desk that is admitted today. */
export function isAdmitted(store: Store, key: Uint8Array): boolean {
  const sql = "SELECT 1 FROM admission WHERE desk_key = ? AND until_day >= ?"
  return store.prepare(sql).get(key, store.today()) !== undefined
}

/**
 * Whether an `Authorization` header carries a capability in force. A missing or broken one is looked up like any other,
 * so that the time does not tell them apart.
 *
 * @param received - the header as it came, or undefined.
 */
export async function isCapable(store: Store, received: string | undefined): Promise<boolean> {
  const claimed = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(received ?? "")?.[1]
  const secret = (claimed === undefined ? null : fromBase64Url(claimed)) ?? new Uint8Array(CAPABILITY_BYTES)
  const hash = await store.deps.primitives.sha256(secret)
  const sql = "SELECT 1 FROM admission WHERE capability_hash = ? AND until_day >= ?"
  return store.prepare(sql).get(hash, store.today()) !== undefined
}

/** 32 bytes of a base64url key, or null. */
export function parseDeskKey(text: string): Uint8Array | null {
  const key = fromBase64Url(text)
  return key?.length === 32 ? key : null
}

const CAPABILITY_BYTES = 32
