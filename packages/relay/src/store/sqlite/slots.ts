import type { Bodies } from "./bodies.ts"
import { createDraw } from "./draw.ts"
import { createField, type Field } from "./field.ts"
import { mend } from "./mend.ts"
import { type FreeHead, isFull, type SlotHead } from "./slot-head.ts"
import { slotRows, type SlotRows } from "./slot-rows.ts"
import { createSpots, type Spot, type Spots } from "./spots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { countTorn, type Torn } from "./torn.ts"

/** A cell on its way into a slot. */
export interface SlotCell extends SlotHead {
  readonly body: Uint8Array
}

/**
 * The slots: places of the file of bodies where no cell of a closed window lies, and what a row in SQLite says of each.
 *
 * 1. The cells of the open window lie in its *field* (`field.ts`), every arrangement as likely as any other: so no place
 *    tells when, or with what, a cell came.
 * 2. What becomes free outside of the field (a closed window's cell is forgotten or expires) *rests* until the open
 *    window has closed: only the later cells of that window could lie there.
 * 3. Nothing overwrites a body that a committed row names. What was forgotten is *stale* until noise lies over it.
 * 4. What names the cells in slots is in memory alone (`spots.ts`), made from the rows when the file is opened and when
 *    another process has written.
 * 5. Everything here runs inside {@link read} or {@link write}.
 */
export class Slots {
  readonly bodies: Bodies
  /** What is said of each slot, and which cells lie in them: to be read; what is below writes them. */
  readonly rows: SlotRows
  readonly spots: Spots
  /** What the next transaction lays noise over before it does anything else. */
  readonly torn: Torn = countTorn()
  readonly #file: SqliteFile
  readonly #field: Field
  #stale: (FreeHead & { readonly place: number })[] = []
  #openWindow = 0
  #version = -1

  constructor(file: SqliteFile, bodies: Bodies) {
    this.#file = file
    this.bodies = bodies
    this.spots = createSpots(file)
    this.rows = slotRows(file)
    this.#field = createField(createDraw((bytes) => file.deps.primitives.random(bytes)))
  }

  /** Runs `work` in one write transaction, bodies included: what it did is on the disk when this resolves, or undone. */
  async write<T>(work: () => T): Promise<T> {
    try {
      const result = await this.#file.transact(
        () => {
          this.#refresh()
          mend(this.#file, this, this.torn.places)
          return work()
        },
        // Bodies first: a row that is on the disk must never name a body that is not.
        async () => await this.bodies.flush(),
      )
      this.torn.committed()
      return result
    } catch (error) {
      this.torn.failed()
      // The temporary table was rolled back; what this object counts was not.
      this.#version = -1
      throw error
    }
  }

  /** Runs `work` on the store as it is at one moment; again where another process wrote meanwhile. */
  read<T>(work: () => T): T {
    for (let left = READ_AGAIN; ; left--) {
      const result = this.#file.snapshot(() => {
        this.#refresh()
        return work()
      })
      // What was read by place may since be another's: rows are of one moment, bodies are not.
      if (left === 0 || this.#file.dataVersion() === this.#version) return result
    }
  }

  /** How many slots hold no cell. */
  countFree(): number {
    return this.#field.free + this.#field.resting + this.#stale.length
  }

  /** How many cells can be put now. */
  countReady(): number {
    return this.#field.free
  }

  /** Whether something that was forgotten may lie somewhere still. */
  isStale(): boolean {
    return this.#stale.length > 0
  }

  /** The open window. */
  get openWindow(): number {
    return this.#openWindow
  }

  /** The open window has closed: what rested may be drawn. */
  turn(window: number): void {
    this.#openWindow = window
    this.#field.turn()
    for (const { place, restsIn } of this.#stale)
      if (restsIn === window - 1) this.#field.note(place, "neither")
  }

  /** Puts cells at free places that are drawn. There must be as many as {@link countReady} says. */
  fill(cells: readonly SlotCell[]): void {
    for (const cell of cells) {
      const place = this.#field.take()
      this.torn.wrote(place)
      this.bodies.write(place, cell.body)
      this.rows.set(place, cell)
      this.spots.add(cell, place)
    }
  }

  /** Does the work of filling slots, and fills none: known cells must cost what new ones cost. */
  pretend(count: number): void {
    for (let i = 0; i < count; i++) {
      const place = this.#field.look()
      if (place === null) return
      this.bodies.write(place, this.#file.noise(1))
      this.rows.set(place, FREE)
    }
  }

  /**
   * Makes the field larger, by slots that rest or by new places in the file.
   *
   * @param wanted - cells that shall find room.
   * @param room - how many places the disk has room for.
   * @returns whether there may be more to do: {@link wipe}, and this again.
   */
  grow(wanted: number, room: number): boolean {
    const lacking = wanted - this.#field.free
    if (lacking <= 0) return false
    const count = Math.min(Math.max(lacking, this.#field.size, LEAST_GROWTH), LARGEST_GROWTH)
    const rested = this.#field.wake(count)
    const made = this.#make(Math.min(count - rested.length, room))
    for (const place of [...rested, ...made]) this.#join(place)
    return rested.length + made.length > 0
  }

  /**
   * Lays noise over what is stale, some at a time. @returns whether there is more.
   *
   * @param likely - how many were expected: the work is done for so many, whether there was something to forget or not.
   */
  wipe(likely: number): boolean {
    const some = this.#stale.splice(0, WIPED_AT_A_TIME)
    this.pretend(likely - some.length)
    for (const { place, restsIn } of some) {
      this.bodies.write(place, this.#file.noise(1))
      this.rows.set(place, { restsIn, isStale: false })
      this.#field.settle(place, this.#rests(restsIn))
    }
    return this.#stale.length > 0
  }

  /** Drops cells that lie in slots; their bodies lie there until {@link wipe}. */
  empty(spots: readonly Spot[]): void {
    this.#field.leave(spots.map(({ place }) => place))
    for (const { place, window } of spots) {
      const free = { restsIn: window === this.#openWindow ? 0 : this.#openWindow, isStale: true }
      this.rows.set(place, free)
      this.#stale.push({ place, ...free })
    }
    this.spots.drop(spots)
  }

  /** Makes slots of the places of cells that were dropped from a closed window. */
  reclaim(places: readonly number[]): void {
    const free = { restsIn: this.#openWindow, isStale: true }
    for (const place of places) {
      this.rows.add(place, free)
      this.#stale.push({ place, ...free })
    }
  }

  /** Takes the rows of slots away whose cells have rows of their own now; their bodies stay where they are. */
  release(spots: readonly Spot[]): void {
    for (const { place } of spots) this.rows.remove(place)
    this.spots.drop(spots)
  }

  #join(place: number): void {
    const from = this.#field.join(place)
    if (from === null) {
      this.rows.set(place, FREE)
      return
    }
    const head = this.rows.read(from)
    this.torn.wrote(place)
    this.bodies.write(place, this.bodies.readToMove(from))
    this.rows.set(place, head)
    this.spots.move(head, place)
    this.rows.set(from, { ...FREE, isStale: true })
    this.#stale.push({ ...FREE, isStale: true, place: from })
  }

  #make(count: number): number[] {
    if (count <= 0) return []
    const last = this.#file.countPlaces()
    // Written before it is needed: where a file system puts a block must not tell when its cell came.
    this.bodies.write(last + 1, this.#file.noise(count))
    const made = Array.from({ length: count }, (_, i) => last + 1 + i)
    for (const place of made) this.rows.add(place, FREE)
    this.#file.prepare("UPDATE listing SET places = ?").run(last + count)
    this.#file.boundPages()
    return made
  }

  #rests(window: number): boolean {
    return window !== 0 && window >= this.#openWindow
  }

  #refresh(): void {
    const version = this.#file.dataVersion()
    if (version === this.#version) return
    this.#stale = []
    this.#field.clear()
    this.spots.clear()
    this.#file.boundPages()
    this.#openWindow = this.#file.prepare("SELECT window FROM listing").get()?.["window"] as number
    for (const { place, head: said } of this.rows.all()) {
      if (isFull(said)) {
        this.spots.add(said, place)
        if (said.window === this.#openWindow) this.#field.note(place, "taken")
      } else {
        const rests = this.#rests(said.restsIn)
        if (said.isStale) this.#stale.push({ place, ...said })
        if (!rests) this.#field.note(place, said.isStale ? "neither" : "free")
        else if (!said.isStale) this.#field.note(place, "resting")
      }
    }
    this.#version = version
  }
}

const FREE: FreeHead = { restsIn: 0, isStale: false }
// By so many places the field grows in one transaction: 4 to 8 MiB. Few would be made often, more keep senders waiting.
const LEAST_GROWTH = 256
const LARGEST_GROWTH = 512
const WIPED_AT_A_TIME = 512
const READ_AGAIN = 3
