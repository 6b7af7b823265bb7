import { MAX_FEED_BYTES } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { stickName, unveil, VEIL_BYTES, veil } from "@govah/core/veil"
import { carriedCells } from "../carry/index.ts"
import type { PhotoFile } from "../engine/photo.ts"
import type { Outbox } from "../outbox/index.ts"

// Cells that are handed to the browser at a time; it keeps large blobs on its disk, and they are veiled.
const PART_CELLS = 64

/** Everything that waits, veiled, as one file for a carrier. Its name says nothing. */
export async function carrierFile(
  outbox: Outbox,
  primitives: Primitives,
): Promise<{ readonly name: string; readonly file: Blob }> {
  const parts: Blob[] = []
  let batch: Uint8Array<ArrayBuffer>[] = []
  for await (const cell of (await carriedCells(outbox, null)).read()) {
    batch.push(new Uint8Array(await veil(cell, primitives)))
    if (batch.length < PART_CELLS) continue
    parts.push(new Blob(batch))
    batch = []
  }
  const file = new Blob([...parts, ...batch], { type: "application/octet-stream" })
  return { name: `${stickName(primitives)}.bin`, file }
}

/** What somebody brought, without its veil where it has one. @param file - attacker-controlled, of any length. */
export async function receivedFile(file: PhotoFile, primitives: Primitives): Promise<Uint8Array> {
  // One byte more than may be, so that what is too long is seen to be.
  const bytes = new Uint8Array(await file.slice(0, MAX_FEED_BYTES + VEIL_BYTES + 1).arrayBuffer())
  return (await unveil(bytes, primitives)) ?? bytes
}
