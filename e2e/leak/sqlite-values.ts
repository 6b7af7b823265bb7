import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { snappy } from "./unpack.ts"

/**
 * Every value of a database as its program would read it: put together where it lies on several pages, and unpacked where
 * Firefox packed it. What was deleted is found by looking at the file itself.
 *
 * @returns nothing where it is no database.
 */
export function sqliteValues(path: string, head: Buffer): readonly Buffer[] {
  if (!isDatabase(head)) return []
  const folder = mkdtempSync(join(tmpdir(), "govah-sqlite-"))
  try {
    const copy = join(folder, "copy")
    copyFileSync(path, copy)
    if (existsSync(logBeside(path))) copyFileSync(logBeside(path), logBeside(copy))
    return valuesOf(copy)
  } catch {
    // In the middle of being written: its files are still searched as they lie there.
    return []
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function isDatabase(file: Buffer): boolean {
  return file.subarray(0, 15).toString("latin1") === "SQLite format 3"
}

/** Where a database writes first what it takes in later. */
export function logBeside(path: string): string {
  return `${path}-wal`
}

function valuesOf(path: string): readonly Buffer[] {
  const values: Buffer[] = []
  const database = new DatabaseSync(path)
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
      .all()
    for (const { name } of tables) {
      for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).iterate()) {
        for (const value of Object.values(row)) {
          if (typeof value === "string") values.push(Buffer.from(value))
          if (!(value instanceof Uint8Array)) continue
          const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
          const unpacked = snappy(bytes)
          values.push(bytes, ...(unpacked === null ? [] : [unpacked]))
        }
      }
    }
  } finally {
    database.close()
  }
  return [Buffer.concat(values)]
}
