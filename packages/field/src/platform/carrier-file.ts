import { MAX_FEED_BYTES } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { stickName, unveil, VEIL_BYTES, veil } from "@govah/core/veil"
import { carriedCells } from "../carry/index.ts"
import type { ReadableFile } from "../engine/medium.ts"
import type { Outbox } from "../outbox/index.ts"

// Cells that are handed to the browser at a time; it keeps large blobs on its disk, and they are veiled.
const PART_CELLS = 64

/** 64 MiB: what a phone with little memory can hold beside everything else. */
const FILE_CELLS = 4_096

/** One file of those that carry everything that waits. */
export interface CarrierFile {
  /** Says nothing. */
  readonly name: string
  readonly file: Blob
  /** Which file it is, from 1, of how many. */
  readonly part: number
  readonly parts: number
  /** Where the next file begins, or null where this is the last one. */
  readonly next: string | null
}

/**
 * What waits, veiled, as files for a carrier: one, but for an outbox of more than 64 MiB, which a phone could not hold in
 * memory at once. Any order of them will do.
 *
 * @param after - `next` of the file before; empty for the first. What was kept meanwhile may be in none of them.
 */
export async function carrierFile(
  outbox: Outbox,
  after: string,
  primitives: Primitives,
): Promise<CarrierFile> {
  const carried = await carriedCells(outbox, null)
  const blobs: Blob[] = []
  let batch: Uint8Array<ArrayBuffer>[] = []
  let last: string | null = null
  let cells = 0
  let isMore = false
  for await (const { id, bytes } of carried.readAfter(after)) {
    if (cells === FILE_CELLS) {
      isMore = true
      break
    }
    batch.push(new Uint8Array(await veil(bytes, primitives)))
    cells++
    last = id
    if (batch.length < PART_CELLS) continue
    blobs.push(new Blob(batch))
    batch = []
  }
  const parts = Math.max(1, Math.ceil(carried.cells / FILE_CELLS))
  return {
    name: `${stickName(primitives)}.bin`,
    file: new Blob([...blobs, ...batch], { type: "application/octet-stream" }),
    part: Math.floor(carried.before(after) / FILE_CELLS) + 1,
    parts,
    next: isMore ? last : null,
  }
}

/** Cells that were collected from another screen, or one proof, veiled, as one file for a carrier. */
export async function collectedFile(
  cells: readonly Uint8Array[],
  primitives: Primitives,
): Promise<{ readonly name: string; readonly file: Blob }> {
  const veiled: Uint8Array<ArrayBuffer>[] = []
  for (const cell of cells) veiled.push(new Uint8Array(await veil(cell, primitives)))
  return {
    name: `${stickName(primitives)}.bin`,
    file: new Blob(veiled, { type: "application/octet-stream" }),
  }
}

/** What somebody brought, without its veil where it has one. @param file - attacker-controlled, of any length. */
export async function receivedFile(file: ReadableFile, primitives: Primitives): Promise<Uint8Array> {
  // One byte more than may be, so that what is too long is seen to be.
  const bytes = new Uint8Array(await file.slice(0, MAX_FEED_BYTES + VEIL_BYTES + 1).arrayBuffer())
  return (await unveil(bytes, primitives)) ?? bytes
}
