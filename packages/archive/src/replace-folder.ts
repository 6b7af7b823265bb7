import { existsSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import type { ArchiveDisk } from "./disk.ts"

/** Bytes by path; paths are relative, with `/`, lower-case ASCII. */
export type Files = ReadonlyMap<string, Uint8Array>

// Open files: well below what any system allows one process.
const SYNCS_AT_A_TIME = 64

/** Where a build stands beside its folder. */
export interface Siblings {
  /** Being written; worthless after a crash. */
  readonly building: string
  /** The whole earlier folder, between the two renames of the swap. */
  readonly before: string
}

export function siblingsOf(folder: string): Siblings {
  const place = join(dirname(resolve(folder)), `.${basename(resolve(folder))}`)
  return { building: `${place}.building`, before: `${place}.before` }
}

/**
 * Puts right what a killed build left behind. Calling it twice is safe.
 *
 * A crash between the two renames leaves no `folder` and the whole earlier one under `before`: it is put back. With both
 * there, the swap had succeeded and only the cleaning up was left.
 *
 * @returns whether the earlier folder was put back.
 */
export async function settleFolder(folder: string, disk: ArchiveDisk): Promise<boolean> {
  const { building, before } = siblingsOf(folder)
  const isCut = existsSync(before) && !existsSync(folder)
  if (isCut) await disk.rename(before, folder)
  else if (existsSync(before)) await disk.remove(before)
  if (existsSync(building)) await disk.remove(building)
  return isCut
}

/**
 * Replaces `folder` by one that holds exactly `files`, all or nothing.
 *
 * Everything is written and made durable beside it first; then two renames. A failure before them leaves the earlier folder as
 * it was; a failure of the second puts it back. One builder at a time: the caller sees to that.
 */
export async function replaceFolder(folder: string, files: Files, disk: ArchiveDisk): Promise<void> {
  const { building, before } = siblingsOf(folder)
  const parent = dirname(resolve(folder))
  try {
    await disk.makeFolder(building)
    const folders = new Set([building])
    for (const [path, bytes] of files) {
      const target = join(building, path)
      for (let above = dirname(target); !folders.has(above); above = dirname(above)) {
        await disk.makeFolder(above)
        folders.add(above)
      }
      await disk.writeFile(target, bytes)
    }
    await syncAll(
      [...files.keys()].map((path) => join(building, path)),
      disk,
    )
    await syncAll([...folders], disk)
  } catch (error) {
    // The earlier archive is untouched. A disk that is full may not even let us clean up; the next build does it then.
    await disk.remove(building).catch(() => undefined)
    throw error
  }
  const replaced = existsSync(folder)
  if (replaced) await disk.rename(folder, before)
  try {
    await disk.rename(building, folder)
  } catch (error) {
    if (replaced) await disk.rename(before, folder)
    throw error
  }
  await disk.sync(parent)
  if (replaced) await disk.remove(before)
}

// After the last write and many at a time: the file system then commits them together.
async function syncAll(paths: readonly string[], disk: ArchiveDisk): Promise<void> {
  for (let start = 0; start < paths.length; start += SYNCS_AT_A_TIME) {
    const synced = await Promise.allSettled(
      paths.slice(start, start + SYNCS_AT_A_TIME).map((path) => disk.sync(path)),
    )
    const failed = synced.find((outcome) => outcome.status === "rejected")
    if (failed !== undefined) throw failed.reason
  }
}
