import { toHex } from "@govah/core/bytes"
import { WINDOW_CELLS } from "../../limits.ts"
import type { Page } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/**
 * Reads the page after a cursor, or null where `after` is not a cursor.
 *
 * A page never spans windows. A *closed* window never gains a cell, so a cursor may stand inside it and pass it. The
 * *open* window is given whole, every time, and no cursor passes it: cells may still join it anywhere. So nothing is
 * ever skipped, and the cells of the open window are delivered again: a reader expects repetition.
 *
 * A cursor of another store, or from beyond the end (a backup was restored), starts from the beginning.
 *
 * @param after - the `next` of an earlier page, attacker-controlled, or null at first.
 * @param limit - most cells from a closed window, 1 to {@link WINDOW_CELLS}.
 */
export function readPage(store: SqliteFile, after: string | null, limit: number): Page | null {
  // The open window is asked for first: if another process closes it now, it is given as open once more. Harmless.
  const open = store.prepare("SELECT epoch, window FROM listing").get() as { epoch: string; window: number }
  const given = after === null ? START : parseCursor(after)
  if (given === null) return null
  const from = given.epoch === open.epoch && given.window < open.window ? given : START

  const window = from.inside === null ? nextWindow(store, from.window) : from.window
  const here = formatCursor(open.epoch, from.window, from.inside)
  if (window === null) return { cells: [], next: here, more: false }
  if (window >= open.window) {
    return { cells: readWindow(store, window, NOTHING, WINDOW_CELLS), next: here, more: false }
  }
  const cells = readWindow(store, window, from.inside ?? NOTHING, limit)
  const isPart = cells.length === limit && limit < WINDOW_CELLS
  const inside = isPart ? (cells.at(-1)?.id ?? null) : null
  return { cells, next: formatCursor(open.epoch, window, inside), more: true }
}

interface Cursor {
  readonly epoch: string
  /** All windows up to this one were read; or, with `inside`, those before it. */
  readonly window: number
  /** The last cell read in a closed window, 32 bytes. */
  readonly inside: Uint8Array | null
}

interface Row {
  readonly id: Uint8Array
  readonly body: Uint8Array
}

const START: Cursor = { epoch: "", window: 0, inside: null }
const NOTHING = new Uint8Array(0)

function nextWindow(store: SqliteFile, window: number): number | null {
  const row = store.prepare("SELECT min(window) AS next FROM cell WHERE window > ?").get(window)
  return (row as { next: number | null }).next
}

// In the order of ids, which says nothing about the order of arrival and is the same for every reader.
function readWindow(store: SqliteFile, window: number, after: Uint8Array, limit: number): Row[] {
  const sql = "SELECT id, body FROM cell WHERE window = ? AND id > ? ORDER BY id LIMIT ?"
  return store.prepare(sql).all(window, after, limit) as unknown as Row[]
}

function formatCursor(epoch: string, window: number, inside: Uint8Array | null): string {
  return inside === null ? `${epoch}.${window}` : `${epoch}.${window}.${toHex(inside)}`
}

function parseCursor(text: string): Cursor | null {
  const match = /^([0-9a-f]{16})\.(\d{1,15})(?:\.([0-9a-f]{64}))?$/.exec(text)
  if (match === null) return null
  const inside = match[3] === undefined ? null : new Uint8Array(Buffer.from(match[3], "hex"))
  return { epoch: match[1] as string, window: Number(match[2]), inside }
}
