import { equalBytes } from "@govah/core/bytes"
import type { Tombstone } from "../port.ts"
import { wipeStale } from "./room.ts"
import type { Slots } from "./slots.ts"
import type { Spot } from "./spots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** A token and its SHA-256, the commitment of the cells that it was made for. */
export interface NamedToken {
  readonly token: Uint8Array
  readonly commitment: Uint8Array
}

/**
 * Forgets cells by tokens, in one transaction; tokens of no cell leave no trace.
 *
 * @returns whether there may be more cells to forget: anybody may have made thousands for one token.
 */
export async function forgetSome(
  file: SqliteFile,
  slots: Slots,
  tokens: readonly NamedToken[],
): Promise<boolean> {
  const day = file.today()
  const isMore = await slots.write(() => {
    let left = FORGOTTEN_AT_A_TIME
    for (const { token, commitment } of tokens) {
      const sql = "SELECT id, place FROM cell WHERE commitment = ? LIMIT ?"
      const moved = file.prepare(sql).all(commitment, left) as unknown as Named[]
      const inSlots = findInSlots(slots, commitment).slice(0, left - moved.length)
      dropCells(file, slots, moved)
      slots.empty(inSlots)
      for (const { id } of [...moved, ...inSlots]) insertTombstone(file, { id, token, day }, commitment)
      left -= moved.length + inSlots.length
    }
    file.prepare("UPDATE listing SET pulse = randomblob(16)").run()
    return left === 0
  })
  await wipeStale(slots, tokens.length)
  return isMore
}

/** Takes tombstones that another relay has. @returns how many were new. */
export async function takeTombstones(
  file: SqliteFile,
  slots: Slots,
  tombstones: readonly (Tombstone & NamedToken)[],
): Promise<number> {
  const today = file.today()
  const taken = await slots.write(() => {
    let taken = 0
    for (const { id, token, commitment, day } of tombstones) {
      if (day < today - 2 * file.retentionDays) continue
      if (!dropCell(file, slots, id, commitment)) continue
      taken += insertTombstone(file, { id, token, day: Math.min(day, today) }, commitment)
    }
    return taken
  })
  await wipeStale(slots)
  return taken
}

/** Reads tombstones by the ids of their cells. */
export function readTombstones(file: SqliteFile, ids: readonly Uint8Array[]): (Tombstone | null)[] {
  const read = file.prepare("SELECT id, token, day FROM tombstone WHERE id = ?")
  return ids.map((id) => (read.get(id) as unknown as Tombstone | undefined) ?? null)
}

const FORGOTTEN_AT_A_TIME = 256

// Drops the cell of that id if it is here. @returns false where the token is not that cell's: it stays.
function dropCell(file: SqliteFile, slots: Slots, id: Uint8Array, commitment: Uint8Array): boolean {
  const spot = slots.spots.find(id)
  if (spot !== null) {
    if (!equalBytes(slots.rows.read(spot.place).commitment, commitment)) return false
    slots.empty([spot])
  }
  const row = file.prepare("SELECT commitment, place FROM cell WHERE id = ?").get(id)
  if (row === undefined) return true
  if (!equalBytes(row["commitment"] as Uint8Array, commitment)) return false
  dropCells(file, slots, [{ id, place: row["place"] as number }])
  return true
}

function findInSlots(slots: Slots, commitment: Uint8Array): Spot[] {
  const spots = slots.spots.findLike(commitment)
  return spots.filter(({ place }) => equalBytes(slots.rows.read(place).commitment, commitment))
}

interface Named {
  readonly id: Uint8Array
  readonly place: number
}

function dropCells(file: SqliteFile, slots: Slots, cells: readonly Named[]): void {
  for (const { id } of cells) file.prepare("DELETE FROM cell WHERE id = ?").run(id)
  slots.reclaim(cells.map(({ place }) => place))
}

function insertTombstone(file: SqliteFile, { id, token, day }: Tombstone, commitment: Uint8Array): number {
  const sql = "INSERT OR IGNORE INTO tombstone (id, token, commitment, day) VALUES (?, ?, ?, ?)"
  return Number(file.prepare(sql).run(id, token, commitment, day).changes)
}
