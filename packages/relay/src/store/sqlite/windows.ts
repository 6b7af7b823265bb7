import { WINDOW_CELLS, WINDOW_MOST_CELLS, WINDOW_MS } from "../../limits.ts"
import { RelayError } from "../../relay-error.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** The number of the open window, and what cursors of this store begin with. */
export function readListing(file: SqliteFile): { readonly epoch: string; readonly window: number } {
  return file.prepare("SELECT epoch, window FROM listing").get() as { epoch: string; window: number }
}

/**
 * Closes the open window where it is due. Its age is counted in memory alone: after a start it is young again.
 *
 * @returns the number of the window that is open now.
 */
export function turnWindow(file: SqliteFile, slots: Slots): number {
  const { window } = readListing(file)
  if (!isDue(file, slots, window)) return window
  file.prepare("UPDATE listing SET window = ?").run(window + 1)
  slots.turn(window + 1)
  return window + 1
}

function isDue(file: SqliteFile, slots: Slots, window: number): boolean {
  const age = file.windowAges.age(window)
  const cells = slots.spots.count(window)
  return cells >= WINDOW_CELLS && (age >= WINDOW_MS || cells >= WINDOW_MOST_CELLS)
}

/** How many cells of closed windows have no rows of their own yet. */
export function countWaiting(slots: Slots): number {
  const closed = slots.spots.windows().filter((window) => window < slots.openWindow)
  return closed.reduce((sum, window) => sum + slots.spots.count(window), 0)
}

/** How many cells the open window has or the one before it, whichever are more. Inside `slots.read`. */
export function countBusiest(file: SqliteFile, slots: Slots): number {
  const { window: open } = readListing(file)
  const sql = "SELECT count(*) AS count FROM cell WHERE window = ?"
  const { count: before } = file.prepare(sql).get(open - 1) as { count: number }
  return Math.max(slots.spots.count(open), slots.spots.count(open - 1) + before)
}

/**
 * Gives cells of closed windows rows of their own, in the order of their ids, some in one transaction. Their bodies stay
 * where they are. @returns whether there may be more.
 */
export async function moveSome(file: SqliteFile, slots: Slots): Promise<boolean> {
  // A transaction that does nothing would wait for the disk like any other.
  const isNeeded = slots.read(() => countWaiting(slots) > 0 || isDue(file, slots, slots.openWindow))
  if (!isNeeded) return false
  try {
    return await slots.write(() => {
      const open = turnWindow(file, slots)
      const window = slots.spots.windows()[0]
      if (window === undefined || window >= open) return false
      const spots = slots.spots.after(window, NOTHING, MOVED_AT_A_TIME)
      // Nothing to do is never something to do again.
      if (spots.length === 0) return false
      const sql = "INSERT INTO cell (window, id, day, commitment, place) VALUES (?, ?, ?, ?, ?)"
      for (const { id, day, place } of spots)
        file.prepare(sql).run(window, id, day, slots.rows.read(place).commitment, place)
      slots.release(spots)
      return true
    })
  } catch (error) {
    // They stay where they are, as safe and as readable, until something has expired.
    if (error instanceof RelayError && error.code === "full") return false
    throw error
  }
}

const NOTHING = new Uint8Array(0)
/** Cells that are moved in one transaction. */
export const MOVED_AT_A_TIME = 512
