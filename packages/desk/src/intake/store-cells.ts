import { type CellId, cellId, looksLikeRoot } from "@govah/core/cell"
import { type Room, today } from "../room.ts"
import { foreignRoots } from "./foreign-roots.ts"
import type { Store } from "../store/store.ts"

/** Who brought the bytes, in the ledger's words. */
export interface Sender {
  readonly road: "relay" | "file"
  /** A relay's address, or a file's name. */
  readonly name: string
}

/**
 * Keeps cells as received, under the names that this desk computed, and notes every root as an arrival to be settled. Of a
 * root that is for others only its name is kept: nobody here will ever open it, and a flood of them must not fill the disk.
 *
 * @param cells - each exactly one cell long, attacker-controlled.
 * @param also - what must be durable together with them: a cursor.
 * @returns how many were new. Calling it again with the same cells changes nothing.
 */
export async function storeCells(
  room: Room,
  cells: readonly Uint8Array[],
  sender: Sender,
  also?: () => void,
): Promise<number> {
  const { store, deps } = room
  const ids: CellId[] = []
  for (const cell of cells) ids.push(await cellId(cell, deps.primitives))
  const day = today(deps)
  const foreign = await foreignRoots(room, cells, ids)
  return store.transact(() => {
    let added = 0
    cells.forEach((cell, i) => {
      const id = ids[i] as CellId
      if (foreign.has(i)) {
        if (store.get("SELECT 1 FROM arrival WHERE root = ?", id) !== undefined) return
        added += store.run(
          "INSERT INTO arrival (root, sender, road, day, settled) VALUES (?, ?, ?, ?, 1)",
          id,
          sender.name,
          sender.road,
          day,
        )
        return
      }
      added += store.run("INSERT OR IGNORE INTO cell (id, day, body) VALUES (?, ?, ?)", id, day, cell)
      if (looksLikeRoot(cell)) {
        store.run(
          "INSERT OR IGNORE INTO arrival (root, sender, road, day) VALUES (?, ?, ?, ?)",
          id,
          sender.name,
          sender.road,
          day,
        )
        store.run("INSERT OR IGNORE INTO came_again (root) SELECT id FROM root WHERE id = ?", id)
      }
    })
    also?.()
    return added
  })
}

/** A cell as received, or null where it has not come. */
export function readCell(store: Store, id: CellId): Uint8Array | null {
  const row = store.get<{ body: Buffer }>("SELECT body FROM cell WHERE id = ?", id)
  return row === undefined ? null : new Uint8Array(row.body)
}

/** Whether a cell has come. */
export function hasCell(store: Store, id: CellId): boolean {
  return store.get("SELECT 1 FROM cell WHERE id = ?", id) !== undefined
}
