import { forgetCommitment } from "@govah/core/cell"
import { WINDOW_CELLS } from "../../limits.ts"
import type { NamedCell, PutResult } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Stores a set of cells inside a transaction. */
export function putCells(file: SqliteFile, cells: readonly NamedCell[]): PutResult {
  // In the order of their ids the rows say nothing about the order, or the grouping, in which senders sent them.
  const sorted = cells.toSorted((a, b) => Buffer.compare(a.id, b.id))
  const today = file.today()
  const listing = file.prepare("SELECT window, filled FROM listing").get() as {
    window: number
    filled: number
  }
  let { window, filled } = listing
  let stored = 0
  const known = file.prepare(
    "SELECT 1 FROM cell WHERE id = ?1 UNION ALL SELECT 1 FROM tombstone WHERE id = ?1",
  )
  const insert = file.prepare("INSERT INTO cell (window, id, day, commitment, body) VALUES (?, ?, ?, ?, ?)")
  for (const { id, body, day = today } of sorted) {
    if (day < today - file.retentionDays || known.get(id) !== undefined) continue
    insert.run(window, id, Math.min(day, today), forgetCommitment(body), body)
    stored++
    if (++filled < WINDOW_CELLS) continue
    window++
    filled = 0
  }
  file.prepare("UPDATE listing SET window = ?, filled = ?, pulse = randomblob(16)").run(window, filled)
  return { stored, known: cells.length - stored }
}
