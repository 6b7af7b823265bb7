import type { SlotHead } from "./slot-head.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A full slot. */
export interface Spot {
  /** 32 bytes. */
  readonly id: Uint8Array
  readonly place: number
  readonly window: number
  readonly day: number
}

/**
 * What lies in which slot: an index in memory alone (a temporary table), made from the slots' heads. A table on the disk
 * would keep the order of arrival inside its pages.
 */
export interface Spots {
  /** How many cells of a window lie in slots. */
  count(window: number): number
  /** The windows that have cells in slots, oldest first. */
  windows(): number[]
  find(id: Uint8Array): Spot | null
  /** Cells whose commitment begins as this one does: the heads say which are meant. */
  findLike(commitment: Uint8Array): Spot[]
  /** Cells older than a day. */
  findOlder(day: number, limit: number): Spot[]
  /** Cells of one window after an id, sorted by id. */
  after(window: number, id: Uint8Array, limit: number): Spot[]
  add(head: SlotHead, place: number): void
  /** What is in the index lies at another place now. */
  move(head: SlotHead, place: number): void
  drop(spots: readonly Spot[]): void
  clear(): void
}

export function createSpots(file: SqliteFile): Spots {
  file.db.exec(`CREATE TEMP TABLE spot (
    window INTEGER, id BLOB, place INTEGER NOT NULL, day INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY (window, id)) WITHOUT ROWID;
    CREATE INDEX temp.spot_by_mark ON spot (mark)`)
  const counts = new Map<number, number>()
  const count = (window: number): number => counts.get(window) ?? 0
  const all = (where: string, ...values: (number | Uint8Array)[]): Spot[] =>
    file
      .prepare(`SELECT id, place, window, day FROM temp.spot WHERE ${where}`)
      .all(...values) as unknown as Spot[]

  return {
    count,
    windows: () => [...counts.keys()].sort((a, b) => a - b),
    find(id) {
      for (const window of counts.keys()) {
        const [spot] = all("window = ? AND id = ?", window, id)
        if (spot !== undefined) return spot
      }
      return null
    },
    findLike: (commitment) => all("mark = ?", markOf(commitment)),
    findOlder: (day, limit) => all("day < ? LIMIT ?", day, limit),
    after: (window, id, limit) => all("window = ? AND id > ? ORDER BY id LIMIT ?", window, id, limit),
    add({ window, id, day, commitment }, place) {
      const sql = "INSERT OR REPLACE INTO temp.spot (window, id, place, day, mark) VALUES (?, ?, ?, ?, ?)"
      file.prepare(sql).run(window, id, place, day, markOf(commitment))
      counts.set(window, count(window) + 1)
    },
    move({ window, id }, place) {
      file.prepare("UPDATE temp.spot SET place = ? WHERE window = ? AND id = ?").run(place, window, id)
    },
    drop(spots) {
      const drop = file.prepare("DELETE FROM temp.spot WHERE window = ? AND id = ?")
      for (const { window, id } of spots) {
        drop.run(window, id)
        const left = count(window) - 1
        if (left > 0) counts.set(window, left)
        else counts.delete(window)
      }
    },
    clear() {
      file.db.exec("DELETE FROM temp.spot")
      counts.clear()
    },
  }
}

// 48 bits of a commitment find a slot in less memory; the head in it is compared whole.
function markOf(commitment: Uint8Array): number {
  const view = new DataView(commitment.buffer, commitment.byteOffset)
  return view.getUint32(0) * 65_536 + view.getUint16(4)
}
