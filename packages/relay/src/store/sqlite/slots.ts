import { equalBytes } from "@govah/core/bytes"
import { forgetCommitment } from "@govah/core/cell"
import { RelayError } from "../../relay-error.ts"
import { bytesLeft } from "./capacity.ts"
import { decodeHead, encodeHead, HEAD_BYTES, type SlotHead } from "./slot-head.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A full slot. */
export interface Spot {
  /** 32 bytes. */
  readonly id: Uint8Array
  readonly place: number
  readonly window: number
  readonly day: number
}

/** A cell on its way into a slot. */
export interface SlotCell extends SlotHead {
  readonly body: Uint8Array
}

/**
 * The slots of the open window, and of those that closed and are not moved yet.
 *
 * 1. A cell comes to a random place among all free ones, 256 or more while the disk has room, so that neither a place nor
 *    a page of the file tells when, or with what, it came.
 * 2. What names the slots is an index in memory alone (a temporary table), made from the heads when the file is opened
 *    and when another process has written. A table on the disk would keep the order of arrival inside its pages.
 * 3. Everything here runs inside {@link read} or {@link write}.
 */
export class Slots {
  readonly #file: SqliteFile
  #free: number[] = []
  #full = new Map<number, number>()
  #lastPlace = 0
  #version = -1

  constructor(file: SqliteFile) {
    this.#file = file
    file.db.exec(`CREATE TEMP TABLE spot (
      window INTEGER, id BLOB, place INTEGER NOT NULL, day INTEGER NOT NULL, mark INTEGER NOT NULL,
      PRIMARY KEY (window, id)) WITHOUT ROWID;
      CREATE INDEX temp.spot_by_mark ON spot (mark)`)
  }

  /** Runs `work` in one write transaction; see `SqliteFile.transact`. */
  write<T>(work: () => T): T {
    try {
      return this.#file.transact(() => {
        this.#refresh()
        return work()
      })
    } catch (error) {
      // The temporary table was rolled back; what this object counts was not.
      this.#version = -1
      throw error
    }
  }

  /** Runs `work` on the store as it is at one moment. */
  read<T>(work: () => T): T {
    return this.#file.snapshot(() => {
      this.#refresh()
      return work()
    })
  }

  /** How many cells of a window lie in slots. */
  count(window: number): number {
    return this.#full.get(window) ?? 0
  }

  /** The windows that have cells in slots, oldest first. */
  windows(): number[] {
    return [...this.#full.keys()].sort((a, b) => a - b)
  }

  /** Bytes in free slots. */
  freeBytes(): number {
    return this.#free.length * slotBytes(this.#file)
  }

  find(id: Uint8Array): Spot | null {
    const read = this.#file.prepare(`SELECT ${COLUMNS} FROM temp.spot WHERE window = ? AND id = ?`)
    for (const window of this.#full.keys()) {
      const spot = read.get(window, id)
      if (spot !== undefined) return spot as unknown as Spot
    }
    return null
  }

  /** Cells that a token was made for. */
  findByCommitment(commitment: Uint8Array): Spot[] {
    const sql = `SELECT ${COLUMNS} FROM temp.spot WHERE mark = ?`
    const spots = this.#file.prepare(sql).all(markOf(commitment)) as unknown as Spot[]
    return spots.filter(({ place }) => equalBytes(this.head(place).commitment, commitment))
  }

  /** Cells older than a day. */
  findOlder(day: number, limit: number): Spot[] {
    const sql = `SELECT ${COLUMNS} FROM temp.spot WHERE day < ? LIMIT ?`
    return this.#file.prepare(sql).all(day, limit) as unknown as Spot[]
  }

  /** Cells of one window after an id, sorted by id. */
  after(window: number, id: Uint8Array, limit: number): Spot[] {
    const sql = `SELECT ${COLUMNS} FROM temp.spot WHERE window = ? AND id > ? ORDER BY id LIMIT ?`
    return this.#file.prepare(sql).all(window, id, limit) as unknown as Spot[]
  }

  head(place: number): SlotHead {
    const row = this.#file.prepare("SELECT head FROM slot WHERE place = ?").get(place)
    return decodeHead(row?.["head"] as Uint8Array) as SlotHead
  }

  body(place: number): Uint8Array {
    return this.#file.prepare("SELECT body FROM slot WHERE place = ?").get(place)?.["body"] as Uint8Array
  }

  /** Puts cells at random places. @throws RelayError `full`. */
  fill(cells: readonly SlotCell[]): void {
    this.#makeRoom(cells.length)
    if (this.#free.length < cells.length) throw new RelayError("full", "the store is full")
    const note = this.#file.prepare(
      "INSERT INTO temp.spot (window, id, place, day, mark) VALUES (?, ?, ?, ?, ?)",
    )
    this.#draw(cells.length).forEach((place, i) => {
      const cell = cells[i] as SlotCell
      this.#overwrite(place, encodeHead(cell), cell.body)
      note.run(cell.window, cell.id, place, cell.day, markOf(cell.commitment))
      this.#full.set(cell.window, this.count(cell.window) + 1)
    })
  }

  /** Does the work of filling slots, and fills none: known cells must cost what new ones cost. */
  pretend(count: number): void {
    const places = this.#draw(Math.min(count, this.#free.length))
    for (const place of places) this.#overwrite(place, FREE, this.#noise())
    this.#free.push(...places)
  }

  /** Writes a cell's own bytes again where they are not what they were. */
  heal({ id, place, window, day }: Spot, body: Uint8Array): void {
    this.#overwrite(place, encodeHead({ id, commitment: forgetCommitment(body), day, window }), body)
  }

  /** Overwrites what lies in slots with noise; they are free again. */
  empty(spots: readonly Spot[]): void {
    for (const { place } of spots) this.#overwrite(place, FREE, this.#noise())
    this.#drop(spots)
    this.#free.push(...spots.map(({ place }) => place))
  }

  /** Gives slots back to the file: their cells have moved. */
  remove(spots: readonly Spot[]): void {
    const remove = this.#file.prepare("DELETE FROM slot WHERE place = ?")
    for (const { place } of spots) remove.run(place)
    this.#drop(spots)
  }

  #drop(spots: readonly Spot[]): void {
    const drop = this.#file.prepare("DELETE FROM temp.spot WHERE window = ? AND id = ?")
    for (const { window, id } of spots) {
      drop.run(window, id)
      const left = this.count(window) - 1
      if (left > 0) this.#full.set(window, left)
      else this.#full.delete(window)
    }
  }

  #overwrite(place: number, head: Uint8Array, body: Uint8Array): void {
    this.#file.prepare("UPDATE slot SET head = ?, body = ? WHERE place = ?").run(head, body, place)
  }

  #noise(): Uint8Array {
    return this.#file.deps.primitives.random(this.#file.cellBytes)
  }

  // Takes random places out of the free ones.
  #draw(count: number): number[] {
    const free = this.#free
    const random = new DataView(this.#file.deps.primitives.random(4 * count).buffer)
    return Array.from({ length: count }, (_, i) => {
      const at = random.getUint32(4 * i) % free.length
      const place = free[at] as number
      free[at] = free.at(-1) as number
      free.pop()
      return place
    })
  }

  // Beside the cells that come, 256 places stay free, and half as many as are full: where a window is large its cells
  // must not be found a few hundred at a time.
  #makeRoom(count: number): void {
    let full = count
    for (const cells of this.#full.values()) full += cells
    const wanted = count + Math.max(LEAST_FREE, full >> 1) - this.#free.length
    if (wanted <= 0) return
    const left = Math.floor((bytesLeft(this.#file) - SPARE_BYTES) / slotBytes(this.#file))
    const make = this.#file.prepare("INSERT INTO slot (place, head, body) VALUES (?, ?, ?)")
    for (let i = Math.min(wanted, left); i > 0; i--) {
      make.run(++this.#lastPlace, FREE, this.#noise())
      this.#free.push(this.#lastPlace)
    }
  }

  #refresh(): void {
    const version = this.#file.prepare("PRAGMA data_version").get()?.["data_version"] as number
    if (version === this.#version) return
    this.#free = []
    this.#full = new Map()
    this.#lastPlace = 0
    this.#file.db.exec("DELETE FROM temp.spot")
    const note = this.#file.prepare(
      "INSERT OR REPLACE INTO temp.spot (window, id, place, day, mark) VALUES (?, ?, ?, ?, ?)",
    )
    const slots = this.#file.prepare("SELECT place, head FROM slot ORDER BY place")
    for (const row of slots.iterate() as Iterable<{ place: number; head: Uint8Array }>) {
      const head = decodeHead(row.head)
      this.#lastPlace = row.place
      if (head === null) {
        this.#free.push(row.place)
        continue
      }
      note.run(head.window, head.id, row.place, head.day, markOf(head.commitment))
      this.#full.set(head.window, this.count(head.window) + 1)
    }
    this.#version = version
  }
}

const COLUMNS = "id, place, window, day"
const FREE = new Uint8Array(HEAD_BYTES)
const LEAST_FREE = 256
// Left for the pages that hold the tables together, and for moving cells.
const SPARE_BYTES = 262_144

// A row, as SQLite lays it into pages of 4 KiB: whole in a leaf, or 489 bytes of it, and the rest in pages of its own.
function slotBytes(file: SqliteFile): number {
  const rowBytes = file.cellBytes + HEAD_BYTES + 16
  return rowBytes <= 4_000 ? rowBytes : 540 + 4_096 * Math.ceil((rowBytes - 489) / 4_092)
}

// 48 bits of a commitment find a slot in less memory; the head in it is compared whole.
function markOf(commitment: Uint8Array): number {
  return (
    new DataView(commitment.buffer, commitment.byteOffset).getUint32(0) * 65_536 +
    new DataView(commitment.buffer, commitment.byteOffset).getUint16(4)
  )
}
