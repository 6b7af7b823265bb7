import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
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
  // Asked first, so that a folder that is not there is named as such.
  await readdir(folder)
  const names: string[] = []
  const maxCells = Math.max(1, Math.floor(maxFileBytes / VEILED_CELL_BYTES))
  const iterator = cells[Symbol.asyncIterator]()
  let count = 0
  try {
    for (;;) {
      const first = await iterator.next()
      if (first.done === true) break
      names.push(
        await writeWhole(folder, primitives, async (file) => {
          count += await writeCells(file, first.value, iterator, maxCells, primitives)
        }),
      )
    }
  } finally {
    await iterator.return?.()
  }
  for (const feed of feeds) {
    // Under a veil it would have the size of a cell, and be taken for one.
    const isCellSized = feed.length + VEIL_BYTES === VEILED_CELL_BYTES
    const bytes = isCellSized ? feed : await veil(feed, primitives)
    names.push(await writeWhole(folder, primitives, (file) => file.writeFile(bytes)))
  }
  return { names, cells: count, feeds: feeds.length }
}

async function writeCells(
  file: FileHandle,
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  maxCells: number,
  primitives: Pick<Primitives, "random" | "aeadSeal">,
): Promise<number> {
  let batch: Uint8Array[] = [await veil(first, primitives)]
  let count = 1
  while (count < maxCells) {
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

/** Writes a new file under another name, syncs it and gives it its own. @returns the name. */
async function writeWhole(
  folder: string,
  primitives: Pick<Primitives, "random">,
  write: (file: FileHandle) => Promise<void>,
): Promise<string> {
  const stem = stickName(primitives)
  const temporary = join(folder, `${stem}.tmp`)
  const file = await open(temporary, "wx", 0o600)
  try {
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(folder, `${stem}.bin`))
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  return `${stem}.bin`
}

/** Not every system can sync a folder of a stick. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
