import { toHex } from "@govah/core/bytes"
import type { Page } from "../port.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { readListing } from "./windows.ts"

/**
 * Reads the page after a cursor, or null where `after` is not a cursor. Inside `slots.read`.
 *
 * A page never spans windows; within a window cells come in the order of their ids. A *closed* window never gains a cell,
 * so that a cursor may stand inside it and pass it. The *open* window may gain one anywhere: a cursor inside it is marked
 * so, and where that window has closed since, it is read again from its start; after its end the reader is sent back to
 * its start, and no cursor passes it. So nothing is ever skipped, and a reader expects repetition.
 *
 * A cursor of another store, or from beyond the end, starts from the beginning.
 */
export function readPage(file: SqliteFile, slots: Slots, after: string | null, limit: number): Page | null {
  const { epoch, window: open } = readListing(file)
  const given = after === null ? START : parseCursor(after)
  if (given === null) return null
  const isOurs = given.epoch === epoch && (given.inside === null ? given.window < open : given.window <= open)
  const from = isOurs ? given : START
  const window = from.inside === null ? nextWindow(file, slots, from.window, open) : from.window
  const hasClosed = from.isOpen && window < open
  const rows = readWindow(file, slots, window, hasClosed ? NOTHING : (from.inside ?? NOTHING), limit)
  const cells = rows.map(({ id, place }) => ({ id, body: slots.bodies.read(place) }))
  const isPart = cells.length === limit
  if (isPart) {
    const inside = cells.at(-1)?.id as Uint8Array
    return { cells, next: formatCursor({ epoch, window, inside, isOpen: window === open }), more: true }
  }
  const read = window === open ? open - 1 : window
  return {
    cells,
    next: formatCursor({ epoch, window: read, inside: null, isOpen: false }),
    more: window !== open,
  }
}

interface Cursor {
  readonly epoch: string
  /** All windows up to this one were read; or, with `inside`, those before it. */
  readonly window: number
  /** The last cell read in a window, 32 bytes. */
  readonly inside: Uint8Array | null
  /** Whether that window was open then. */
  readonly isOpen: boolean
}

interface Row {
  readonly id: Uint8Array
  readonly place: number
}

const START: Cursor = { epoch: "", window: 0, inside: null, isOpen: false }
const NOTHING = new Uint8Array(0)

// The first window after one that has cells; the open one where no closed one has.
function nextWindow(file: SqliteFile, slots: Slots, window: number, open: number): number {
  const row = file.prepare("SELECT min(window) AS next FROM cell WHERE window > ?").get(window)
  const moved = (row as { next: number | null }).next ?? open
  const inSlots = slots.spots.windows().find((one) => one > window) ?? open
  return Math.min(moved, inSlots, open)
}

// While a closed window is being moved, some of its cells are named by slots and the others by rows of their own.
function readWindow(file: SqliteFile, slots: Slots, window: number, after: Uint8Array, limit: number): Row[] {
  const sql = "SELECT id, place FROM cell WHERE window = ? AND id > ? ORDER BY id LIMIT ?"
  const moved = file.prepare(sql).all(window, after, limit) as unknown as Row[]
  const inSlots = slots.spots.after(window, after, limit)
  return [...moved, ...inSlots].sort((a, b) => Buffer.compare(a.id, b.id)).slice(0, limit)
}

function formatCursor({ epoch, window, inside, isOpen }: Cursor): string {
  if (inside === null) return `${epoch}.${window}`
  return `${epoch}.${window}.${isOpen ? "o" : ""}${toHex(inside)}`
}

function parseCursor(text: string): Cursor | null {
  const match = /^([0-9a-f]{16})\.(\d{1,15})(?:\.(o?)([0-9a-f]{64}))?$/.exec(text)
  if (match === null) return null
  const inside = match[4] === undefined ? null : new Uint8Array(Buffer.from(match[4], "hex"))
  return { epoch: match[1] as string, window: Number(match[2]), inside, isOpen: match[3] === "o" }
}
