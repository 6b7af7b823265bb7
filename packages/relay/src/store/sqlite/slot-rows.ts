import { decodeHead, encodeFree, encodeHead, type FreeHead, isFull, type SlotHead } from "./slot-head.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** The table of slots: a row of one size for each, overwritten where it is. */
export interface SlotRows {
  /** What is said of a slot in which a cell lies. */
  read(place: number): SlotHead
  all(): Iterable<{ readonly place: number; readonly head: SlotHead | FreeHead }>
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
