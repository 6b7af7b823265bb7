import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import { decodeBitmap, encodeBitmap } from "@govah/core/cell"
import { withFile } from "../store/drawer.ts"
import type { LockedDrawer } from "../store/locked-drawer.ts"
import { decodeSlot, encodeSlot } from "../store/slot.ts"

const PART = "acked"
/** Smallest size; others are twice, four times … as long: the length of a relay's address shows in none. */
const STEP_BYTES = 1024
/** What the seal and the braces of the JSON take. */
const ROOM_BYTES = 96

/** Which cells of a parcel each relay has said it holds durably: relay address to one flag a cell. */
export type Acknowledged = ReadonlyMap<string, readonly boolean[]>

/**
 * Reads a parcel's acknowledgements. A file that is missing, torn or of another length counts as none: what was sent is
 * then sent again, which harms nothing. The opposite error would lose a report.
 */
export async function readAcknowledged(
  drawer: LockedDrawer,
  name: string,
  cells: number,
): Promise<Acknowledged> {
  const json = await withFile(drawer, name, false, async (file) =>
    decodeSlot(await file.read(0, await file.size()), file.seals, PART),
  )
  const flags = new Map<string, readonly boolean[]>()
  for (const [relay, bitmap] of Object.entries((json ?? {}) as Record<string, Json>)) {
    const bytes = typeof bitmap === "string" ? fromBase64Url(bitmap) : null
    const bits = bytes === null ? null : decodeBitmap(bytes, cells)
    if (bits !== null) flags.set(relay, bits)
  }
  return flags
}

/** Replaces a parcel's acknowledgements. */
export async function writeAcknowledged(
  drawer: LockedDrawer,
  name: string,
  acknowledged: Acknowledged,
): Promise<void> {
  const json: Record<string, Json> = {}
  let chars = 0
  for (const [relay, bits] of acknowledged) {
    const bitmap = toBase64Url(encodeBitmap(bits))
    json[relay] = bitmap
    chars += 2 * relay.length + bitmap.length + 16
  }
  let size = STEP_BYTES
  while (size < chars + ROOM_BYTES) size *= 2
  await withFile(drawer, name, true, async (file) => {
    const bytes = await encodeSlot(json, size, file.seals, PART)
    await file.write(0, bytes)
    await file.truncate(bytes.length)
    await file.flush()
  })
}
