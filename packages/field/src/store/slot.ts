import { canonicalJsonBytes, type Json, parseCanonicalJson } from "@govah/core/bytes"
import { SEAL_BYTES } from "@govah/core/lock"
import type { Seals } from "./locked-drawer.ts"

/**
 * A JSON value in a fixed number of bytes, sealed: canonical JSON, then spaces. The seal says whether it was written whole.
 *
 * @param part - what the slot is in its file; it opens as nothing else.
 * @throws RangeError where the value does not fit: the caller bounds it.
 */
export async function encodeSlot(
  value: Json,
  slotBytes: number,
  seals: Seals,
  part: string,
): Promise<Uint8Array> {
  const json = canonicalJsonBytes(value)
  const room = slotBytes - SEAL_BYTES
  if (json.length > room) throw new RangeError(`a slot of ${slotBytes} bytes does not hold ${json.length}`)
  const padded = new Uint8Array(room).fill(0x20)
  padded.set(json)
  return await seals.seal(part, padded)
}

/** The value in a slot, or null where it was never written, was torn, has rotted, or belongs elsewhere. */
export async function decodeSlot(slot: Uint8Array, seals: Seals, part: string): Promise<Json | null> {
  const padded = await seals.open(part, slot)
  if (padded === null) return null
  let end = padded.length
  while (end > 0 && padded[end - 1] === 0x20) end--
  return parseCanonicalJson(padded.subarray(0, end))
}

/** Whether a slot was never written, or has been wiped. */
export function isBlank(slot: Uint8Array): boolean {
  return slot.every((byte) => byte === 0)
}
