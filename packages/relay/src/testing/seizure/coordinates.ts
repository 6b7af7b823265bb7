import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { readPageNames } from "./page-names.ts"
import { createSearch, PIECE_KINDS } from "./pieces.ts"
import { readRowNumbers } from "./row-numbers.ts"
import { readFrames } from "./wal-frames.ts"

/** Where something of a cell lies: numbers that may say when it came. */
export interface Coordinates {
  /** By the name of the place (which tree, which kind of page, which piece): for each cell a number, or NaN. */
  readonly byName: ReadonlyMap<string, Float64Array>
  /** Pieces found on pages that belong to no tree: what was deleted and not overwritten. */
  readonly onFreePages: number
  /** Pieces found in files where no cell belongs, in logs too. */
  readonly elsewhere: number
}

/** What an examiner looks for. */
export interface Wanted {
  /** Lower-case hex. */
  readonly id: string
  readonly pieces: readonly Uint8Array[]
}

/**
 * Looks for every piece of every cell in every file of a seized folder, and says where each lies: page, place in its
 * page, frame of the write-ahead log; then asks the database itself for every number that it keeps beside a cell.
 *
 * Knows SQLite and nothing of the relay's tables, so that it goes on finding what a later layout betrays.
 *
 * @param folder - as it was seized; it is copied and never written to.
 */
export function findCoordinates(folder: string, database: string, cells: readonly Wanted[]): Coordinates {
  const copy = mkdtempSync(join(tmpdir(), "govah-seized-"))
  try {
    cpSync(folder, copy, { recursive: true })
    const search = createSearch(cells)
    const byName = new Map<string, Float64Array>()
    let elsewhere = 0
    // Whoever opens a database changes it: first the bytes as they lay, then what SQLite makes of a copy.
    const raw = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    const db = new DatabaseSync(join(copy, database))
    const pageBytes = (db.prepare("PRAGMA page_size").get() as { page_size: number }).page_size
    const names = readPageNames(db)
    let onFreePages = 0
    for (const { name, bytes } of raw) {
      if (name.endsWith("-wal")) {
        for (const frame of readFrames(bytes, pageBytes)) {
          const place = `log ${names.get(frame.page) ?? "free"}`
          for (const { cell, kind } of search(frame.content)) note(place, cell, kind, frame.number, null)
        }
        continue
      }
      const found = search(bytes)
      if (name !== database && name !== `${database}-cells`) elsewhere += found.length
      for (const { cell, kind, offset } of found) {
        const page = Math.floor(offset / pageBytes) + 1
        const place = name === database ? names.get(page) : name
        if (place === undefined) onFreePages++
        note(place ?? "free", cell, kind, page, offset % pageBytes)
      }
    }
    for (const [name, numbers] of readRowNumbers(db, cells)) byName.set(name, numbers)
    db.close()
    return { byName, onFreePages, elsewhere }

    function note(place: string, cell: number, kind: number, page: number, offset: number | null): void {
      const piece = kind < 2 ? PIECE_KINDS[kind] : "body"
      keep(`${place}, ${piece}: first page`, cell, page, Math.min)
      keep(`${place}, ${piece}: last page`, cell, page, Math.max)
      // Inside one page a tree lays each new row before the last one, whatever its key: a fine clock.
      if (offset !== null && kind < 2) {
        keep(`${place}, ${piece}: byte`, cell, page * pageBytes + offset, Math.min)
      }
    }
    function keep(name: string, cell: number, value: number, choose: (a: number, b: number) => number): void {
      let numbers = byName.get(name)
      if (numbers === undefined) byName.set(name, (numbers = new Float64Array(cells.length).fill(Number.NaN)))
      const old = numbers[cell] as number
      numbers[cell] = Number.isNaN(old) ? value : choose(old, value)
    }
  } finally {
    rmSync(copy, { recursive: true })
  }
}
