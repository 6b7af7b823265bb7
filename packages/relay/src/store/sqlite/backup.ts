import { closeSync, openSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { flushToDisk, type SqliteFile } from "./sqlite-file.ts"

/**
 * Writes a copy of the store as it is now, rebuilt in the order of its keys.
 *
 * Its epoch is a new one: where the copy takes the store's place, readers begin again and miss nothing.
 *
 * A file that is there already passes through as `EEXIST`; so do faults of the disk, and then no file is left.
 */
export function backUp(file: SqliteFile, path: string): void {
  closeSync(openSync(path, "wx", 0o600))
  try {
    file.prepare("VACUUM INTO ?").run(path)
    const copy = new DatabaseSync(path)
    copy.exec("PRAGMA journal_mode = MEMORY; UPDATE listing SET epoch = lower(hex(randomblob(8)))")
    copy.close()
    for (const name of [path, dirname(path)]) flushToDisk(name)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}
