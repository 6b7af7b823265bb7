import { equalBytes } from "@govah/core/bytes"
import type { Tombstone } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A token and its SHA-256, the commitment of the cells that it was made for. */
export interface NamedToken {
  readonly token: Uint8Array
  readonly commitment: Uint8Array
}

/** Forgets cells by tokens; those of no cell leave no trace. */
export function forgetCells(file: SqliteFile, tokens: readonly NamedToken[]): void {
  const today = file.today()
  file.transact(() => {
    for (const { token, commitment } of tokens) {
      const rows = file.prepare("SELECT id FROM cell WHERE commitment = ?").all(commitment)
      for (const { id } of rows as { id: Uint8Array }[]) {
        file.prepare("DELETE FROM cell WHERE id = ?").run(id)
        insertTombstone(file, { id, token, day: today }, commitment)
      }
    }
    file.prepare("UPDATE listing SET pulse = randomblob(16)").run()
  })
}

/** Takes tombstones that another relay has. @returns how many were new. */
export function takeTombstones(file: SqliteFile, tombstones: readonly (Tombstone & NamedToken)[]): number {
  const today = file.today()
  return file.transact(() => {
    let taken = 0
    for (const { id, token, commitment, day } of tombstones) {
      if (day < today - 2 * file.retentionDays) continue
      const cell = file.prepare("SELECT commitment FROM cell WHERE id = ?").get(id)
      if (cell !== undefined) {
        if (!equalBytes(cell["commitment"] as Uint8Array, commitment)) continue
        file.prepare("DELETE FROM cell WHERE id = ?").run(id)
      }
      taken += insertTombstone(file, { id, token, day: Math.min(day, today) }, commitment)
    }
    return taken
  })
}

/** Reads tombstones by the ids of their cells. */
export function readTombstones(file: SqliteFile, ids: readonly Uint8Array[]): (Tombstone | null)[] {
  const read = file.prepare("SELECT id, token, day FROM tombstone WHERE id = ?")
  return ids.map((id) => (read.get(id) as unknown as Tombstone | undefined) ?? null)
}

function insertTombstone(file: SqliteFile, { id, token, day }: Tombstone, commitment: Uint8Array): number {
  const sql = "INSERT OR IGNORE INTO tombstone (id, token, commitment, day) VALUES (?, ?, ?, ?)"
  return Number(file.prepare(sql).run(id, token, commitment, day).changes)
}
