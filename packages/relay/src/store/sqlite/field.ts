import { type Draw, drawOut, putAnywhere } from "./draw.ts"

/**
 * The arrangement of the open window's cells: places that are free, and places that are taken. Numbers alone, in memory.
 *
 * 1. At every time each arrangement of the cells in the field is as likely as any other, whatever came, went or was added.
 * 2. No list here is in the order in which things came.
 */
export interface Field {
  /** How many places are free. */
  readonly free: number
  /** How many rest until the window closes. */
  readonly resting: number
  /** Free and taken ones, and those that are neither yet. */
  readonly size: number
  /** Draws a free place for a cell; it is taken from now on. There must be one. */
  take(): number
  /** A random free place, which stays free; null where there is none. */
  look(): number | null
  /**
   * Adds a place. @returns the place whose cell moves there, which is then neither free nor taken until {@link settle};
   * or null: the new place is free.
   */
  join(place: number): number | null
  /** Cells at these places are gone; taken ones are then neither free nor taken until {@link settle}. */
  leave(places: readonly number[]): void
  /** A place that was neither is free now; or, where it did not belong to the field, rests. */
  settle(place: number, rests: boolean): void
  /** Takes some out that rest, to {@link join} them. */
  wake(count: number): number[]
  /** The window has closed: its places belong to the field no longer, and what rested does. */
  turn(): void
  clear(): void
  /** Notes a place as it was found. */
  note(place: number, kind: "free" | "taken" | "resting" | "neither"): void
}

export function createField(draw: Draw): Field {
  let free: number[] = []
  let taken: number[] = []
  let resting: number[] = []
  let neither = 0

  return {
    get free() {
      return free.length
    },
    get resting() {
      return resting.length
    },
    get size() {
      return free.length + taken.length + neither
    },
    take() {
      const place = drawOut(free, draw)
      putAnywhere(taken, place, draw)
      return place
    },
    look: () => free[draw(Math.max(1, free.length))] ?? null,
    join(place) {
      // What lies at a place that is drawn, of the old ones and the new one, lies at the new one from now on.
      const at = draw(taken.length + free.length + neither + 1)
      const from = taken[at]
      if (from === undefined) {
        free.push(place)
        return null
      }
      taken[at] = place
      neither++
      return from
    },
    leave(places) {
      const gone = new Set(places)
      const before = taken.length
      taken = taken.filter((place) => !gone.has(place))
      neither += before - taken.length
    },
    settle(place, rests) {
      if (rests) resting.push(place)
      else {
        neither = Math.max(0, neither - 1)
        free.push(place)
      }
    },
    wake: (count) => resting.splice(0, count),
    turn() {
      taken = []
      // Not all as arguments of one call: of those there is room for some 100,000, and a day's expiry may be more.
      free = free.concat(resting)
      resting = []
    },
    clear() {
      ;[free, taken, resting, neither] = [[], [], [], 0]
    },
    note(place, kind) {
      if (kind === "neither") neither++
      else ({ free, taken, resting })[kind].push(place)
    },
  }
}
