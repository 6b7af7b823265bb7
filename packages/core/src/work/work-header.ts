import { concatBytes, fromBase64Url, toBase64Url } from "../bytes/index.ts"
import { WORK_NONCE_BYTES } from "./work.ts"

/** The work for the cells of one bundle. */
export interface WorkDone {
  /** The day it is for, in days since 1970-01-01. */
  readonly day: number
  /** A nonce a cell, in the order of the bundle. */
  readonly nonces: readonly Uint8Array[]
}

/** Most nonces of one header: the relay takes no more cells at once. */
const MAX_NONCES = 64

/** The value of `Govah-Work`. */
export function formatWork({ day, nonces }: WorkDone): string {
  return `${day}.${toBase64Url(concatBytes(...nonces))}`
}

/** Reads `Govah-Work`, or null for anything else: in one spelling, 1 to 64 nonces. @param received - attacker-controlled. */
export function parseWork(received: string): WorkDone | null {
  const parts = /^(0|[1-9]\d{0,6})\.([A-Za-z0-9_-]{11,683})$/.exec(received)
  if (parts === null) return null
  const bytes = fromBase64Url(parts[2] as string)
  if (bytes === null || bytes.length % WORK_NONCE_BYTES !== 0) return null
  const count = bytes.length / WORK_NONCE_BYTES
  if (count > MAX_NONCES) return null
  const nonces = Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * WORK_NONCE_BYTES, (i + 1) * WORK_NONCE_BYTES),
  )
  return { day: Number(parts[1]), nonces }
}
