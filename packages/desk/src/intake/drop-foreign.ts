import type { Room } from "../room.ts"
import { addDays, today } from "../room.ts"
import { completeReports } from "./complete.ts"

/**
 * Days that a cell of nobody we know is kept: its root may come by another road, later. Longer than relays keep cells,
 * so that it never goes before they could have brought the root.
 */
export const FOREIGN_DAYS = 120

/** Drops cells that came long ago and that no report of ours has ever named. @returns how many. */
export async function dropForeign(room: Room, signal: AbortSignal | undefined): Promise<number> {
  const { store, deps } = room
  const before = addDays(today(deps), -FOREIGN_DAYS)
  const old =
    "FROM cell WHERE ours = 0 AND day < ? AND id NOT IN (SELECT root FROM arrival WHERE settled = 0)"
  // The names of roots for others, which only say that they were tried.
  store.run(
    "DELETE FROM arrival WHERE settled <> 0 AND day < ? AND root NOT IN (SELECT id FROM root)",
    before,
  )
  if (store.get(`SELECT 1 ${old} LIMIT 1`, before) === undefined) return 0
  // Reports that still wait know more of their cells now than when they were last looked at.
  await completeReports(room, { all: true, signal })
  return store.run(`DELETE ${old}`, before)
}
