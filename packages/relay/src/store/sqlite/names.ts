import type { StoredCell, StoredName } from "../port.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Everything that is kept after an id, sorted; from indexes alone. Inside `slots.read`. */
export function readNames(
  file: SqliteFile,
  slots: Slots,
  after: Uint8Array | null,
  limit: number,
): StoredName[] {
  const from = after ?? new Uint8Array(0)
  const rows = (sql: string): StoredName[] => file.prepare(sql).all(from, limit) as unknown as StoredName[]
  const moved = rows("SELECT id, day FROM cell WHERE id > ? ORDER BY id LIMIT ?")
  const forgotten = rows("SELECT id, day FROM tombstone WHERE id > ? ORDER BY id LIMIT ?")
  const inSlots = slots.spots.windows().flatMap((window) => slots.spots.after(window, from, limit))
  return [
    ...[...moved, ...inSlots].map(({ id, day }) => ({ id, day, isForgotten: false })),
    ...forgotten.map(({ id, day }) => ({ id, day, isForgotten: true })),
  ]
    .sort((a, b) => Buffer.compare(a.id, b.id))
    .slice(0, limit)
}

/** Cells by id, in the order asked. Inside `slots.read`. */
export function readCells(file: SqliteFile, slots: Slots, ids: readonly Uint8Array[]): (StoredCell | null)[] {
  const read = file.prepare("SELECT place, day FROM cell WHERE id = ?")
  return ids.map((id) => {
    const found = slots.spots.find(id) ?? (read.get(id) as { place: number; day: number } | undefined)
    return found === undefined ? null : { id, body: slots.bodies.read(found.place), day: found.day }
  })
}

/** How many cells there are. Inside `slots.read`. */
export function countCells(file: SqliteFile, slots: Slots): number {
  const row = file.prepare("SELECT count(*) AS count FROM cell").get() as { count: number }
  return slots.spots.windows().reduce((sum, window) => sum + slots.spots.count(window), row.count)
}
