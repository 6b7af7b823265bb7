import { equalBytes } from "@govah/core/bytes"
import { forgetCommitment } from "@govah/core/cell"
import { RelayError } from "../../relay-error.ts"
import { bytesLeft } from "./capacity.ts"
import { decodeHead, encodeHead, HEAD_BYTES, type SlotHead } from "./slot-head.ts"
import { listPlaces, type Places } from "./places.ts"
import { createSpots, type Spot, type Spots } from "./spots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A cell on its way into a slot. */
export interface SlotCell extends SlotHead {
  readonly body: Uint8Array
}

/**
 * The slots of the open window, and of those that closed and are not moved yet.
 *
 * 1. All slots, full and free, lie in an order in which every other one is as likely: whoever comes takes the place of a
 *    random one, which moves to the end. So neither a place nor a page of the file tells when, or with what, a cell
 *    came, however many there are. 256 free ones are among them while the disk has room, so that the first is not alone.
 * 2. What names the slots is in memory alone (`spots.ts`), made from the heads when the file is opened and when another
 *    process has written.
 * 3. Everything here runs inside {@link read} or {@link write}.
 */
export class Slots {
  readonly #file: SqliteFile
  #places: Places = listPlaces([])
  #free: number[] = []
  readonly #spots: Spots
  #version = -1

  constructor(file: SqliteFile) {
    this.#file = file
    this.#spots = createSpots(file)
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

  /** Bytes in free slots. */
  freeBytes(): number {
    return this.#free.length * slotBytes(this.#file)
  }

  /** How many cells of a window lie in slots. */
  count(window: number): number {
    return this.#spots.count(window)
  }

  /** The windows that have cells in slots, oldest first. */
  windows(): number[] {
    return this.#spots.windows()
  }

  find(id: Uint8Array): Spot | null {
    return this.#spots.find(id)
  }

  /** Cells that a token was made for. */
  findByCommitment(commitment: Uint8Array): Spot[] {
    const spots = this.#spots.findLike(commitment)
    return spots.filter(({ place }) => equalBytes(this.head(place).commitment, commitment))
  }

  /** Cells older than a day. */
  findOlder(day: number, limit: number): Spot[] {
    return this.#spots.findOlder(day, limit)
  }

  /** Cells of one window after an id, sorted by id. */
  after(window: number, id: Uint8Array, limit: number): Spot[] {
    return this.#spots.after(window, id, limit)
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
    let room = this.#room()
    while (this.#free.length < LEAST_FREE && room > 0) {
      room--
      const place = this.#places.last + 1
      this.#file.prepare(INSERT).run(place, FREE, this.#noise())
      this.#places.push(place)
      this.#free.push(place)
    }
    for (const cell of cells)
      this.#spots.add(cell, this.#take(cell, this.#free.length <= LEAST_FREE && room-- > 0))
  }

  /**
   * Does the work of filling slots, and fills none: known cells must cost what new ones cost. As with those, one place of
   * each two is a random one and the other lies among the last.
   */
  pretend(count: number): void {
    for (const other of this.#places.lasts(count)) {
      const one = this.#places.draw(this.#below)
      const [first, second] = [this.#read(one), this.#read(other)]
      this.#overwrite(one, second.head, second.body)
      this.#overwrite(other, first.head, first.body)
      if (one !== other) this.#noteMoves([first.head, one, other], [second.head, other, one])
    }
  }

  /** Writes a cell's own bytes again where they are not what they were. */
  heal({ id, place, window, day }: Spot, body: Uint8Array): void {
    this.#overwrite(place, encodeHead({ id, commitment: forgetCommitment(body), day, window }), body)
  }

  /** Overwrites what lies in slots with noise; they are free again. */
  empty(spots: readonly Spot[]): void {
    for (const { place } of spots) this.#overwrite(place, FREE, this.#noise())
    this.#spots.drop(spots)
    this.#free.push(...spots.map(({ place }) => place))
  }

  /** Gives slots back to the file: their cells have moved. */
  remove(spots: readonly Spot[]): void {
    const remove = this.#file.prepare("DELETE FROM slot WHERE place = ?")
    for (const { place } of spots) remove.run(place)
    this.#places.remove(spots.map(({ place }) => place))
    this.#spots.drop(spots)
  }

  #overwrite(place: number, head: Uint8Array, body: Uint8Array): void {
    this.#file.prepare("UPDATE slot SET head = ?, body = ? WHERE place = ?").run(head, body, place)
  }

  #noise(): Uint8Array {
    return this.#file.deps.primitives.random(this.#file.cellBytes)
  }

  // Writes a cell where a random slot is, and that one at a new place, or at a random free one.
  #take(cell: SlotCell, mayGrow: boolean): number {
    const end = mayGrow ? this.#places.last + 1 : this.#drawFree()
    const write = (head: Uint8Array, body: Uint8Array): void =>
      mayGrow ? void this.#file.prepare(INSERT).run(end, head, body) : this.#overwrite(end, head, body)
    if (mayGrow) this.#places.push(end)
    const drawn = this.#places.draw(this.#below)
    if (drawn === end) {
      write(encodeHead(cell), cell.body)
      return end
    }
    const moved = this.#read(drawn)
    write(moved.head, moved.body)
    this.#noteMoves([moved.head, drawn, end])
    this.#overwrite(drawn, encodeHead(cell), cell.body)
    return drawn
  }

  #read(place: number): { readonly head: Uint8Array; readonly body: Uint8Array } {
    const row = this.#file.prepare("SELECT head, body FROM slot WHERE place = ?").get(place)
    return row as { head: Uint8Array; body: Uint8Array }
  }

  /** What lay at one place, by its head, lies at another now. All at once, since two may have changed places. */
  #noteMoves(...moves: readonly (readonly [head: Uint8Array, from: number, to: number])[]): void {
    const free = moves.map(([head, from]) => (decodeHead(head) === null ? this.#free.indexOf(from) : -1))
    moves.forEach(([bytes, , to], i) => {
      const at = free[i] as number
      if (at >= 0) {
        this.#free[at] = to
        return
      }
      this.#spots.move(decodeHead(bytes) as SlotHead, to)
    })
  }

  #drawFree(): number {
    const at = this.#below(this.#free.length)
    const place = this.#free[at]
    if (place === undefined) throw new RelayError("full", "the store is full")
    this.#free[at] = this.#free.at(-1) as number
    this.#free.pop()
    return place
  }

  // 48 random bits: which of 300,000 slots is drawn differs from an even chance by less than 1 in 10⁹.
  readonly #below = (limit: number): number => {
    const random = this.#file.deps.primitives.random(6)
    const view = new DataView(random.buffer, random.byteOffset)
    return (view.getUint16(0) * 2 ** 32 + view.getUint32(2)) % limit
  }

  /** How many slots the file can grow by. */
  #room(): number {
    return Math.max(0, Math.floor((bytesLeft(this.#file) - SPARE_BYTES) / slotBytes(this.#file)))
  }

  #refresh(): void {
    const version = this.#file.prepare("PRAGMA data_version").get()?.["data_version"] as number
    if (version === this.#version) return
    const places: number[] = []
    this.#free = []
    this.#spots.clear()
    const slots = this.#file.prepare("SELECT place, head FROM slot ORDER BY place")
    for (const row of slots.iterate() as Iterable<{ place: number; head: Uint8Array }>) {
      const head = decodeHead(row.head)
      places.push(row.place)
      if (head === null) this.#free.push(row.place)
      else this.#spots.add(head, row.place)
    }
    this.#places = listPlaces(places)
    this.#version = version
  }
}

const INSERT = "INSERT INTO slot (place, head, body) VALUES (?, ?, ?)"
const FREE = new Uint8Array(HEAD_BYTES)
const LEAST_FREE = 256
// Left for the pages that hold the tables together, and for moving cells.
const SPARE_BYTES = 262_144

// A row, as SQLite lays it into pages of 4 KiB: whole in a leaf, or 489 bytes of it, and the rest in pages of its own.
function slotBytes(file: SqliteFile): number {
  const rowBytes = file.cellBytes + HEAD_BYTES + 16
  return rowBytes <= 4_000 ? rowBytes : 540 + 4_096 * Math.ceil((rowBytes - 489) / 4_092)
}
