import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { CARRIED_BATCH_CELLS, stickName, VEIL_BYTES, VEILED_CELL_BYTES, veil } from "@govah/core/veil"
import type { Primitives } from "@govah/core/primitives"

/** Largest file in bytes: below the 2 GiB where FAT16 and some upload sites end. */
export const MAX_STICK_FILE_BYTES = 2_000_000_000

/** What was written. */
export interface WrittenStick {
  /** Names of the files, in no order that means anything. */
  readonly names: readonly string[]
  readonly cells: number
  readonly feeds: number
}

/**
 * Writes cells and feed files into a folder, veiled, as a stick for a carrier wants them: each file appears whole or not
 * at all, is at most `maxFileBytes` long, and has a random name that any FAT keeps. Memory does not grow with their number.
 *
 * @param cells - sorted by id by the caller, over all parcels.
 * @throws faults of the disk. Files that were finished stay, and hold whole cells.
 */
export async function writeStick(
  folder: string,
  cells: AsyncIterable<Uint8Array>,
  feeds: readonly Uint8Array[],
  primitives: Pick<Primitives, "random" | "aeadSeal">,
  maxFileBytes: number = MAX_STICK_FILE_BYTES,
): Promise<WrittenStick> {
  const written = await writeVeils(folder, cells, CELL_BYTES, primitives, maxFileBytes)
  const names = [...written.names]
  for (const feed of feeds) {
    // Under a veil it would have the size of a cell, and be taken for one.
    const isCellSized = feed.length + VEIL_BYTES === VEILED_CELL_BYTES
    const bytes = isCellSized ? feed : await veil(feed, primitives)
    const stem = stickName(primitives)
    await writeWhole(join(folder, `${stem}.tmp`), join(folder, `${stem}.bin`), (file) =>
      file.writeFile(bytes),
    )
    names.push(`${stem}.bin`)
  }
  return { names, cells: written.payloads, feeds: feeds.length }
}

/**
 * Writes payloads of one length into a folder, each under a veil of its own: in files as {@link writeStick} makes them.
 *
 * @throws faults of the disk, and of whoever gives the payloads. Files that were finished stay.
 */
export async function writeVeils(
  folder: string,
  payloads: AsyncIterable<Uint8Array>,
  payloadBytes: number,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
  maxFileBytes: number = MAX_STICK_FILE_BYTES,
): Promise<{ readonly names: readonly string[]; readonly payloads: number }> {
  // Asked first, so that a folder that is not there is named as such.
  await readdir(folder)
  const names: string[] = []
  const most = Math.max(1, Math.floor(maxFileBytes / (payloadBytes + VEIL_BYTES)))
  const iterator = payloads[Symbol.asyncIterator]()
  let count = 0
  try {
    for (;;) {
      const first = await iterator.next()
      if (first.done === true) break
      const stem = stickName(primitives)
      await writeWhole(join(folder, `${stem}.tmp`), join(folder, `${stem}.bin`), async (file) => {
        count += await writeBatches(file, first.value, iterator, most, primitives)
      })
      names.push(`${stem}.bin`)
    }
  } finally {
    await iterator.return?.()
  }
  return { names, payloads: count }
}

/**
 * Writes payloads into one file, each under a veil of its own: over the file that is there, in one step, when all are on
 * the disk.
 *
 * @param path - its temporary copy lies beside it, with `.tmp` at the end.
 */
export async function writeVeiledFile(
  path: string,
  payloads: AsyncIterable<Uint8Array>,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
): Promise<void> {
  const iterator = payloads[Symbol.asyncIterator]()
  try {
    const first = await iterator.next()
    // What a pulled stick left behind.
    await rm(`${path}.tmp`, { force: true })
    await writeWhole(`${path}.tmp`, path, async (file) => {
      if (first.done !== true)
        await writeBatches(file, first.value, iterator, Number.POSITIVE_INFINITY, primitives)
    })
  } finally {
    await iterator.return?.()
  }
}

async function writeBatches(
  file: FileHandle,
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  most: number,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
): Promise<number> {
  let batch: Uint8Array[] = [await veil(first, primitives)]
  let count = 1
  while (count < most) {
    const next = await rest.next()
    if (next.done === true) break
    batch.push(await veil(next.value, primitives))
    count++
    if (batch.length < CARRIED_BATCH_CELLS) continue
    await file.writeFile(Buffer.concat(batch))
    batch = []
  }
  await file.writeFile(Buffer.concat(batch))
  return count
}

/** Writes a new file under another name, syncs it and gives it its own. */
async function writeWhole(
  temporary: string,
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(temporary, "wx", 0o600)
  try {
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Not every system can sync a folder of a stick. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
