import { closeSync, fsyncSync, openSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { RelayError } from "../../relay-error.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/**
 * Writes a copy of the store as it is now, rebuilt in the order of its keys.
 *
 * Its epoch is a new one: where the copy takes the store's place, readers begin again and miss nothing.
 *
 * @throws RelayError `backup-exists`. Faults of the disk pass through; then no file is left.
 */
export function backUp(file: SqliteFile, path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    throw new RelayError("backup-exists", `${path} is there already; a backup needs a new file`, {
      cause: error,
    })
  }
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

function flushToDisk(path: string): void {
  const descriptor = openSync(path, "r")
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
