import { equalBytes } from "@govah/core/bytes"
import { forgetCommitment } from "@govah/core/cell"
import type { Bodies } from "./bodies.ts"
import { roomFor } from "./capacity.ts"
import { createDraw, type Draw, drawOut, putAnywhere } from "./draw.ts"
import { decodeHead, encodeFree, encodeHead, type FreeHead, isFull, type SlotHead } from "./slot-head.ts"
import { createSpots, type Spot, type Spots } from "./spots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A cell on its way into a slot. */
export interface SlotCell extends SlotHead {
  readonly body: Uint8Array
}

/**
 * The slots: places of the file of bodies where no cell of a closed window lies, and what a row in SQLite says of each.
 *
 * 1. The cells of the open window lie in its *field*, the slots that are full or free, in an arrangement in which every
 *    other one is as likely: a cell goes to a free slot that is drawn. Where the field grows, cells of the open window
 *    move into what is new, as likely as if it had always been there. So no place tells when, or with what, a cell came.
 * 2. What becomes free outside of the field (a closed window's cell is forgotten or expires) *rests* until the open
 *    window has closed: only the later cells of that window could lie there.
 * 3. Nothing overwrites a body that a committed row names. What was forgotten is *stale* until noise lies over it.
 * 4. What names the cells in slots is in memory alone (`spots.ts`), made from the rows when the file is opened and when
 *    another process has written.
 * 5. Everything here runs inside {@link read} or {@link write}.
 */
export class Slots {
  readonly bodies: Bodies
  readonly #file: SqliteFile
  readonly #spots: Spots
  readonly #draw: Draw
  #free: number[] = []
  #resting: number[] = []
  #stale: (FreeHead & { readonly place: number })[] = []
  // Where the cells of the open window lie.
  #open: number[] = []
  #openWindow = 0
  #version = -1

  constructor(file: SqliteFile, bodies: Bodies) {
    this.#file = file
    this.bodies = bodies
    this.#spots = createSpots(file)
    this.#draw = createDraw((bytes) => file.deps.primitives.random(bytes))
  }

  /** Runs `work` in one write transaction, bodies included: what it did is on the disk when this resolves, or undone. */
  async write<T>(work: () => T): Promise<T> {
    try {
      return await this.#file.transactAfter(
        () => {
          this.#refresh()
          return work()
        },
        // Bodies first: a row that is on the disk must never name a body that is not.
        async () => await this.bodies.flush(),
      )
    } catch (error) {
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
    return this.#free.length + this.#resting.length + this.#stale.length
  }

  /** How many cells can be put now. */
  countReady(): number {
    return this.#free.length
  }

  /** Whether something that was forgotten may lie somewhere still. */
  isStale(): boolean {
    return this.#stale.length > 0
  }

  /** How many cells of a window lie in slots. */
  count(window: number): number {
    return this.#spots.count(window)
  }

  /** How many cells of closed windows lie in slots still. */
  countWaiting(): number {
    const closed = this.windows().filter((window) => window < this.#openWindow)
    return closed.reduce((sum, window) => sum + this.count(window), 0)
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

  /** The open window has closed: what rested may be drawn. */
  turn(window: number): void {
    this.#openWindow = window
    this.#open = []
    this.#free.push(...this.#resting)
    this.#resting = []
  }

  /** Puts cells at free places that are drawn. There must be as many as {@link countReady} says. */
  fill(cells: readonly SlotCell[]): void {
    for (const cell of cells) {
      const place = drawOut(this.#free, this.#draw)
      this.bodies.write(place, cell.body)
      this.#setHead(place, encodeHead(cell))
      this.#spots.add(cell, place)
      putAnywhere(this.#open, place, this.#draw)
    }
  }

  /** Does the work of filling slots, and fills none: known cells must cost what new ones cost. */
  pretend(count: number): void {
    for (let i = 0; i < count && this.#free.length > 0; i++) {
      const place = this.#free[this.#draw(this.#free.length)] as number
      this.bodies.write(place, this.#noise(1))
      this.#setHead(place, encodeFree(FREE))
    }
  }

  /**
   * Makes the field larger, by slots that rest or by new places in the file.
   *
   * @param wanted - cells that shall find room; as many of them as the disk has room for will.
   * @returns whether there may be more to do: {@link wipe}, and this again.
   */
  grow(wanted: number): boolean {
    const lacking = wanted - this.#free.length
    if (lacking <= 0) return false
    const field = this.#free.length + this.#open.length
    const count = Math.min(Math.max(lacking, field, LEAST_GROWTH), LARGEST_GROWTH)
    const rested = this.#resting.splice(0, count)
    const made = this.#make(Math.min(count - rested.length, roomFor(this.#file, this)))
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
      this.bodies.write(place, this.#noise(1))
      this.#setHead(place, encodeFree({ restsIn, isStale: false }))
      this.#noteFree(place, restsIn)
    }
    return this.#stale.length > 0
  }

  /** Writes a cell's own bytes again where they are not what they were. */
  heal({ id, place, window, day }: Spot, body: Uint8Array): void {
    this.bodies.write(place, body)
    this.#setHead(place, encodeHead({ id, commitment: forgetCommitment(body), day, window }))
  }

  /** Drops cells that lie in slots; their bodies lie there until {@link wipe}. */
  empty(spots: readonly Spot[]): void {
    const gone = new Set(spots.map(({ place }) => place))
    this.#open = this.#open.filter((place) => !gone.has(place))
    for (const { place, window } of spots) {
      const free = { restsIn: window === this.#openWindow ? 0 : this.#openWindow, isStale: true }
      this.#setHead(place, encodeFree(free))
      this.#stale.push({ place, ...free })
    }
    this.#spots.drop(spots)
  }

  /** Makes slots of the places of cells that were dropped from a closed window. */
  reclaim(places: readonly number[]): void {
    const free = { restsIn: this.#openWindow, isStale: true }
    for (const place of places) {
      this.#insert(place, encodeFree(free))
      this.#stale.push({ place, ...free })
    }
  }

  /** Takes the rows of slots away whose cells have rows of their own now; their bodies stay where they are. */
  release(spots: readonly Spot[]): void {
    const remove = this.#file.prepare("DELETE FROM slot WHERE place = ?")
    for (const { place } of spots) remove.run(place)
    this.#spots.drop(spots)
  }

  // The field has one place more, and every arrangement of the open window's cells in it must be as likely: what lies at
  // a place that is drawn, of the old ones and the new one, lies at the new one from now on.
  #join(place: number): void {
    const field = this.#open.length + this.#free.length + this.#countVacated()
    const at = this.#draw(field + 1)
    const from = this.#open[at]
    if (from === undefined) {
      this.#free.push(place)
      this.#setHead(place, encodeFree(FREE))
      return
    }
    const head = this.head(from)
    this.bodies.write(place, this.bodies.read(from))
    this.#setHead(place, encodeHead(head))
    this.#spots.move(head, place)
    this.#open[at] = place
    this.#setHead(from, encodeFree({ ...FREE, isStale: true }))
    this.#stale.push({ ...FREE, isStale: true, place: from })
  }

  // Stale slots that belong to the field all the same.
  #countVacated(): number {
    return this.#stale.reduce((sum, { restsIn }) => (this.#rests(restsIn) ? sum : sum + 1), 0)
  }

  #make(count: number): number[] {
    if (count <= 0) return []
    const last = this.#file.countPlaces()
    // Written before it is needed: where a file system puts a block must not tell when its cell came.
    this.bodies.write(last + 1, this.#noise(count))
    const made = Array.from({ length: count }, (_, i) => last + 1 + i)
    for (const place of made) this.#insert(place, encodeFree(FREE))
    this.#file.prepare("UPDATE listing SET places = ?").run(last + count)
    this.#file.boundPages()
    return made
  }

  #insert(place: number, head: Uint8Array): void {
    this.#file.prepare("INSERT INTO slot (place, head) VALUES (?, ?)").run(place, head)
  }

  #setHead(place: number, head: Uint8Array): void {
    this.#file.prepare("UPDATE slot SET head = ? WHERE place = ?").run(head, place)
  }

  #noteFree(place: number, restsIn: number): void {
    if (this.#rests(restsIn)) this.#resting.push(place)
    else this.#free.push(place)
  }

  #rests(window: number): boolean {
    return window !== 0 && window >= this.#openWindow
  }

  #noise(count: number): Uint8Array {
    return this.#file.deps.primitives.random(count * this.#file.cellBytes)
  }

  #refresh(): void {
    const version = this.#file.dataVersion()
    if (version === this.#version) return
    this.#free = []
    this.#resting = []
    this.#stale = []
    this.#open = []
    this.#spots.clear()
    this.#file.boundPages()
    this.#openWindow = this.#file.prepare("SELECT window FROM listing").get()?.["window"] as number
    const slots = this.#file.prepare("SELECT place, head FROM slot ORDER BY place")
    for (const { place, head } of slots.iterate() as Iterable<{ place: number; head: Uint8Array }>) {
      const said = decodeHead(head)
      if (isFull(said)) {
        this.#spots.add(said, place)
        if (said.window === this.#openWindow) this.#open.push(place)
      } else if (said.isStale) this.#stale.push({ place, ...said })
      else this.#noteFree(place, said.restsIn)
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
