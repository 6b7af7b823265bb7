import type { SqliteFile } from "./sqlite-file.ts"

/** Bytes of the file that hold something. */
export function bytesUsed(file: SqliteFile): number {
  return (pragma(file, "page_count") - pragma(file, "freelist_count")) * pragma(file, "page_size")
}

/** Bytes that the file can still take, by its own bound and the disk's; free pages in it count as room. */
export function bytesLeft(file: SqliteFile): number {
  const onDisk = pragma(file, "freelist_count") * pragma(file, "page_size") + file.diskBytesLeft()
  return file.maxBytes === 0 ? onDisk : Math.max(0, Math.min(onDisk, file.maxBytes - bytesUsed(file)))
}

function pragma(file: SqliteFile, name: string): number {
  return Object.values(file.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] as number
}
