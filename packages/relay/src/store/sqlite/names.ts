import type { StoredCell, StoredName } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Everything that is kept after an id, sorted; from indexes alone. */
export function readNames(file: SqliteFile, after: Uint8Array | null, limit: number): StoredName[] {
  const from = after ?? new Uint8Array(0)
  const cells = file.prepare("SELECT id, day FROM cell WHERE id > ? ORDER BY id LIMIT ?").all(from, limit)
  const gone = file.prepare("SELECT id, day FROM tombstone WHERE id > ? ORDER BY id LIMIT ?").all(from, limit)
  return [
    ...cells.map((row) => ({ ...(row as unknown as StoredName), isForgotten: false })),
    ...gone.map((row) => ({ ...(row as unknown as StoredName), isForgotten: true })),
  ]
    .sort((a, b) => Buffer.compare(a.id, b.id))
    .slice(0, limit)
}

/** Cells by id, in the order asked. */
export function readCells(file: SqliteFile, ids: readonly Uint8Array[]): (StoredCell | null)[] {
  const read = file.prepare("SELECT id, body, day FROM cell WHERE id = ?")
  return ids.map((id) => (read.get(id) as unknown as StoredCell | undefined) ?? null)
}

/** How many cells there are. */
export function countCells(file: SqliteFile): number {
  return (file.prepare("SELECT count(*) AS count FROM cell").get() as { count: number }).count
}
