import type { Admissions, StoredAdmission } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Capabilities in a relay's SQLite file. */
export function sqliteAdmissions(file: SqliteFile): Admissions {
  return {
    add: async ({ capabilityHash, key, kind, untilDay }) =>
      file.transact(() => {
        const sql = "INSERT INTO admission (capability_hash, key, kind, until_day) VALUES (?, ?, ?, ?)"
        file.prepare(sql).run(capabilityHash, key, kind, untilDay)
      }),
    remove: async (key) =>
      file.transact(() => Number(file.prepare("DELETE FROM admission WHERE key = ?").run(key).changes)),
    inForce: async (day) => {
      const sql = `SELECT ${COLUMNS} FROM admission WHERE until_day >= ? ORDER BY key, until_day`
      return file.prepare(sql).all(day) as unknown as StoredAdmission[]
    },
    find: async (capabilityHash, day) => {
      const sql = `SELECT ${COLUMNS} FROM admission WHERE capability_hash = ? AND until_day >= ?`
      return (file.prepare(sql).get(capabilityHash, day) as unknown as StoredAdmission | undefined) ?? null
    },
    isDesk: async (key, day) => {
      const sql = "SELECT 1 FROM admission WHERE key = ? AND kind = 'desk' AND until_day >= ?"
      return file.prepare(sql).get(key, day) !== undefined
    },
  }
}

const COLUMNS = `capability_hash AS "capabilityHash", key, kind, until_day AS "untilDay"`
