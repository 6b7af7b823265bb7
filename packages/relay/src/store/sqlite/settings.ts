import type { Settings } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Small values in a relay's SQLite file. */
export function sqliteSettings(file: SqliteFile): Settings {
  const read = (name: string): Uint8Array | null => {
    const row = file.prepare("SELECT value FROM setting WHERE name = ?").get(name)
    return (row as { value: Uint8Array } | undefined)?.value ?? null
  }
  return {
    read: async (name) => read(name),
    write: async (name, value) =>
      file.transact(() => {
        if (value === null) file.prepare("DELETE FROM setting WHERE name = ?").run(name)
        else file.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)").run(name, value)
      }),
    ensure: async (name, value) =>
      file.transact(() => {
        file.prepare("INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)").run(name, value)
        return read(name) as Uint8Array
      }),
  }
}
