import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import { decodeBitmap, encodeBitmap } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import { type Drawer, withFile } from "../store/drawer.ts"
import { decodeSlot, encodeSlot } from "../store/slot.ts"

/** Which cells of a parcel each relay has said it holds durably: relay address to one flag a cell. */
export type Acknowledged = ReadonlyMap<string, readonly boolean[]>

/**
 * Reads a parcel's acknowledgements. A file that is missing, torn or of another length counts as none: what was sent is
 * then sent again, which harms nothing. The opposite error would lose a report.
 */
export async function readAcknowledged(
  drawer: Drawer,
  name: string,
  cells: number,
  primitives: Primitives,
): Promise<Acknowledged> {
  const json = await withFile(drawer, name, false, async (file) =>
    decodeSlot(await file.read(0, await file.size()), primitives),
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
  drawer: Drawer,
  name: string,
  acknowledged: Acknowledged,
  primitives: Primitives,
): Promise<void> {
  const json: Record<string, Json> = {}
  let chars = 0
  for (const [relay, bits] of acknowledged) {
    const bitmap = toBase64Url(encodeBitmap(bits))
    json[relay] = bitmap
    chars += 2 * relay.length + bitmap.length + 16
  }
  const bytes = await encodeSlot(json, chars + 64, primitives)
  await withFile(drawer, name, true, async (file) => {
    await file.write(0, bytes)
    await file.truncate(bytes.length)
    await file.flush()
  })
}
