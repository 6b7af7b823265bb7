import { canonicalJsonBytes, concatBytes, equalBytes, type Json, parseCanonicalJson } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"

/** Bytes of the checksum at the start of a slot. */
const CHECKSUM_BYTES = 32

/**
 * A JSON value in a fixed number of bytes that says itself whether it was written whole: SHA-256 of the rest, then
 * canonical JSON, then spaces.
 *
 * @throws RangeError where the value does not fit: the caller bounds it.
 */
export async function encodeSlot(
  value: Json,
  slotBytes: number,
  primitives: Pick<Primitives, "sha256">,
): Promise<Uint8Array> {
  const json = canonicalJsonBytes(value)
  const room = slotBytes - CHECKSUM_BYTES
  if (json.length > room) throw new RangeError(`a slot of ${slotBytes} bytes does not hold ${json.length}`)
  const rest = new Uint8Array(room).fill(0x20)
  rest.set(json)
  return concatBytes(await primitives.sha256(rest), rest)
}

/** The value in a slot, or null where it was never written, was torn, or has rotted. */
export async function decodeSlot(
  slot: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
): Promise<Json | null> {
  const rest = slot.subarray(CHECKSUM_BYTES)
  if (!equalBytes(slot.subarray(0, CHECKSUM_BYTES), await primitives.sha256(rest))) return null
  let end = rest.length
  while (end > 0 && rest[end - 1] === 0x20) end--
  return parseCanonicalJson(rest.subarray(0, end))
}

/** Whether a slot was never written, or has been wiped. */
export function isBlank(slot: Uint8Array): boolean {
  return slot.every((byte) => byte === 0)
}
