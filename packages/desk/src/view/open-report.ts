import type { CellId } from "@govah/core/cell"
import { bodyCells, openBody, type OpenedRoot, openRoot } from "@govah/core/open"
import { type ParcelBody, parseCellList } from "@govah/core/parcel"
import { DeskError } from "../desk-error.ts"
import { readIdentities } from "../identity/intake-terms.ts"
import { hasCell, readCell } from "../intake/store-cells.ts"
import { type Room, today } from "../room.ts"

/** A report opened in memory, from the ciphertext as it was received. */
export interface OpenedReport {
  readonly root: OpenedRoot
  /** Null while the cells that hold it have not come. */
  readonly body: ParcelBody | null
  /** All cells but the root, as far as they are known. */
  readonly cells: readonly CellId[]
  /** Those of them that have not come. */
  readonly missing: readonly CellId[]
}

/**
 * Opens a report that the ledger knows.
 *
 * @throws DeskError `unknown-root`, `damaged`; OpenError where it is ours and broken.
 */
export async function openReport(room: Room, root: CellId): Promise<OpenedReport> {
  const { store, deps } = room
  const cell = readCell(store, root)
  if (cell === null) throw new DeskError("unknown-root", `there is no report ${root.slice(0, 12)}`)
  const opened = await openRoot(cell, readIdentities(store, today(deps)), room.key, deps.primitives)
  if (opened === null) throw new DeskError("unknown-root", `${root.slice(0, 12)} is not sealed to this desk`)
  const getCell = (id: CellId): Uint8Array | null => readCell(store, id)
  const state = await openBody(opened, getCell, deps.primitives)
  if (state.state === "waiting") {
    const annex = "annex" in opened.document ? parseCellList(opened.document.annex.cells) : null
    return { root: opened, body: null, cells: annex ?? [], missing: state.missing }
  }
  const cells = [...new Set([...state.annexCells, ...bodyCells(state.body)])]
  return { root: opened, body: state.body, cells, missing: cells.filter((id) => !hasCell(store, id)) }
}
