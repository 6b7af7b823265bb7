import type { CellId } from "@govah/core/cell"
import { type KeptCell, type Outbox, OutboxError } from "../outbox/index.ts"

/** The cells of kept parcels, ready to be carried. */
export interface CarriedCells {
  readonly parcels: number
  /** Number of cells, damaged ones included. */
  readonly cells: number
  /** Reads them one by one, sorted by name, so that which belong together does not show. */
  read(): AsyncGenerator<Uint8Array, void, void>
  /** The same with their names, and only those behind this name. */
  readAfter(name: string): AsyncGenerator<{ readonly id: CellId; readonly bytes: Uint8Array }, void, void>
  /** How many have a name up to this one. */
  before(name: string): number
  /** Cells that were changed on this disk and were left out, as far as they have been read. */
  damaged(): number
}

/**
 * What a carrier can take of an outbox. The parcels stay kept: a stick can be lost.
 *
 * @param parcels - ids, or null for all that wait.
 * @throws OutboxError `no-such-parcel`, `damaged` (a record, not a cell).
 */
export async function carriedCells(outbox: Outbox, parcels: readonly string[] | null): Promise<CarriedCells> {
  const ids =
    parcels ?? (await outbox.list()).filter((parcel) => parcel.state === "kept").map((parcel) => parcel.id)
  const listed: { readonly parcel: string; readonly cell: KeptCell }[] = []
  for (const parcel of ids) for (const cell of await outbox.cells(parcel)) listed.push({ parcel, cell })
  listed.sort((a, b) => (a.cell.id < b.cell.id ? -1 : 1))
  let damaged = 0
  async function* readAfter(name: string): ReturnType<CarriedCells["readAfter"]> {
    for (const { parcel, cell } of listed) {
      if (cell.id <= name) continue
      let bytes: Uint8Array
      try {
        bytes = await outbox.readCell(parcel, cell)
      } catch (error) {
        // One bad cell must not hold the others back.
        if (!(error instanceof OutboxError)) throw error
        damaged++
        continue
      }
      yield { id: cell.id, bytes }
    }
  }
  const before = (name: string): number => listed.filter(({ cell }) => cell.id <= name).length
  async function* read(): AsyncGenerator<Uint8Array, void, void> {
    for await (const { bytes } of readAfter("")) yield bytes
  }
  return { parcels: ids.length, cells: listed.length, read, readAfter, before, damaged: () => damaged }
}
