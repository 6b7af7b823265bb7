import { statfsSync } from "node:fs"
import { dirname } from "node:path"
import type { Capacity } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Bytes used and left, by the file's own bound and the disk's. */
export function readCapacity(file: SqliteFile): Capacity {
  const number = (name: string): number =>
    Object.values(file.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] as number
  const pageBytes = number("page_size")
  const usedBytes = (number("page_count") - number("freelist_count")) * pageBytes
  const inside = number("freelist_count") * pageBytes
  const disk = statfsSync(dirname(file.path))
  const onDisk = inside + disk.bavail * disk.bsize
  const freeBytes = file.maxBytes === 0 ? onDisk : Math.max(0, Math.min(onDisk, file.maxBytes - usedBytes))
  return { usedBytes, freeBytes, totalBytes: usedBytes + freeBytes }
}
