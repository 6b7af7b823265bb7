import { decodeHead, encodeFree, encodeHead, type FreeHead, isFull, type SlotHead } from "./slot-head.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A slot, and what is said of it. */
export interface SlotRow {
  readonly place: number
  readonly head: SlotHead | FreeHead
}

/** The table of slots: a row of one size for each, overwritten where it is. */
export interface SlotRows {
  /** What is said of a slot in which a cell lies. */
  read(place: number): SlotHead
  /** Whether there is a slot at that place, and no cell in it. */
  isFree(place: number): boolean
  all(): Iterable<SlotRow>
  /** The first ones after a place, in the order of places. */
  after(place: number, limit: number): SlotRow[]
  set(place: number, head: SlotHead | FreeHead): void
  add(place: number, head: SlotHead | FreeHead): void
  remove(place: number): void
}

export function slotRows(file: SqliteFile): SlotRows {
  const encode = (head: SlotHead | FreeHead): Uint8Array =>
    isFull(head) ? encodeHead(head) : encodeFree(head)
  return {
    read(place) {
      const row = file.prepare("SELECT head FROM slot WHERE place = ?").get(place)
      return decodeHead(row?.["head"] as Uint8Array) as SlotHead
    },
    isFree(place) {
      const row = file.prepare("SELECT head FROM slot WHERE place = ?").get(place)
      return row !== undefined && !isFull(decodeHead(row["head"] as Uint8Array))
    },
    after(place, limit) {
      const rows = file.prepare("SELECT place, head FROM slot WHERE place > ? ORDER BY place LIMIT ?")
      return (rows.all(place, limit) as unknown as { place: number; head: Uint8Array }[]).map((row) => ({
        place: row.place,
        head: decodeHead(row.head),
      }))
    },
    *all() {
      const rows = file.prepare("SELECT place, head FROM slot ORDER BY place").iterate()
      for (const { place, head } of rows as Iterable<{ place: number; head: Uint8Array }>)
        yield { place, head: decodeHead(head) }
    },
    set(place, head) {
      file.prepare("UPDATE slot SET head = ? WHERE place = ?").run(encode(head), place)
    },
    add(place, head) {
      file.prepare("INSERT INTO slot (place, head) VALUES (?, ?)").run(place, encode(head))
    },
    remove(place) {
      file.prepare("DELETE FROM slot WHERE place = ?").run(place)
    },
  }
}
