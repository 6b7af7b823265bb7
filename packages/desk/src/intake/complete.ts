import type { CellId } from "@govah/core/cell"
import { reportOf } from "@govah/core/ledger"
import { OpenError } from "@govah/core/open"
import { type Room, today } from "../room.ts"
import { openFrom } from "../view/open-report.ts"
import { hasCell } from "./store-cells.ts"

/**
 * Looks at every report that waits for cells, and writes `completed` where the last one has come.
 *
 * @param all - also those whose awaited cell has not come, to mark the cells of theirs that have.
 */
export async function completeReports(
  room: Room,
  options: { readonly all: boolean; readonly signal: AbortSignal | undefined },
): Promise<{ readonly completed: CellId[]; readonly unreadable: CellId[]; readonly waiting: number }> {
  const completed: CellId[] = []
  const unreadable: CellId[] = []
  let waiting = 0
  const rows = room.store.all<{ id: CellId; waits_for: CellId | null }>(
    "SELECT id, waits_for FROM root WHERE standing = 'waiting' ORDER BY id",
  )
  for (const row of rows) {
    options.signal?.throwIfAborted()
    if (!options.all && row.waits_for !== null && !hasCell(room.store, row.waits_for)) {
      waiting++
      continue
    }
    const standing = await completeOne(room, row.id)
    if (standing === "whole") completed.push(...reportMadeWhole(room, row.id))
    else if (standing === "unreadable") unreadable.push(row.id)
    else waiting++
  }
  return { completed, unreadable, waiting }
}

// A root beside the one that counts, or that contests it, makes no report whole.
function reportMadeWhole(room: Room, root: CellId): readonly CellId[] {
  const report = reportOf(room.book.state(), root)
  const counts = report?.roots.some(({ id, standing }) => id === root && standing === "counts")
  return report?.whole === true && counts === true ? [report.root] : []
}

async function completeOne(room: Room, root: CellId): Promise<"whole" | "unreadable" | "waiting"> {
  const { store, book, deps } = room
  let cells: readonly CellId[]
  let missing: readonly CellId[]
  try {
    const opened = await openFrom(room, root)
    room.summaries.note(opened)
    cells = opened.cells
    missing = opened.missing
  } catch (error) {
    if (!(error instanceof OpenError)) throw error
    const day = today(deps)
    const act = { kind: "unreadable", root, code: error.code, day, road: null, from: null } as const
    await once(() => book.append([act], () => mark("unreadable")))
    return "unreadable"
  }
  if (missing.length > 0) {
    store.transact(() => {
      keep()
      store.run("UPDATE root SET waits_for = ? WHERE id = ?", missing[0] as CellId, root)
    })
    return "waiting"
  }
  await once(() =>
    book.append([{ kind: "completed", root, cells: cells.length + 1 }], () => {
      keep()
      mark("whole")
    }),
  )
  return "whole"

  function keep(): void {
    for (const id of cells) store.run("UPDATE cell SET ours = 1 WHERE id = ? AND ours = 0", id)
  }
  function mark(standing: "whole" | "unreadable"): void {
    const changed = store.run(
      "UPDATE root SET standing = ?, waits_for = NULL WHERE id = ? AND standing = 'waiting'",
      standing,
      root,
    )
    if (changed === 0) throw new DoneElsewhere()
  }
}

class DoneElsewhere extends Error {}

// Another process of this desk may have written the same entry in the meantime: then there is nothing left to do.
async function once(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof DoneElsewhere)) throw error
  }
}
