import { fromHex } from "@govah/core/bytes"
import { cellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import { WINDOW_CELLS } from "../limits.ts"
import type { Store } from "./store.ts"

/** A cell and its SHA-256, 32 bytes, as this relay computed it. */
export interface NamedCell {
  readonly id: Uint8Array
  readonly body: Uint8Array
}

/** How many of a set of cells were new. Never told to a sender: it would say what others have sent. */
export interface PutResult {
  readonly stored: number
  readonly known: number
}

/** Names cells. @param cells - each exactly one cell long; attacker-controlled. */
export async function nameCells(cells: readonly Uint8Array[], primitives: Primitives): Promise<NamedCell[]> {
  return await Promise.all(
    cells.map(async (body) => ({ id: fromHex(await cellId(body, primitives)) as Uint8Array, body })),
  )
}

/**
 * Stores a set of cells; durable when it returns. Repeating it is harmless.
 *
 * Known cells are passed over, but the transaction always writes and waits for the disk: a sender must not learn from
 * the time whether somebody sent the same before.
 *
 * @throws RelayError `full`: then nothing of the set is kept.
 */
export function putCells(store: Store, cells: readonly NamedCell[]): PutResult {
  // In the order of their ids the rows say nothing about the order, or the grouping, in which senders sent them.
  const sorted = cells.toSorted((a, b) => Buffer.compare(a.id, b.id))
  const day = store.today()
  return store.transact(() => {
    const listing = store.prepare("SELECT window, filled FROM listing").get() as {
      window: number
      filled: number
    }
    let { window, filled } = listing
    let stored = 0
    const insert = store.prepare("INSERT INTO cell VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
    for (const { id, body } of sorted) {
      if (insert.run(id, body, day, window).changes === 0) continue
      stored++
      if (++filled < WINDOW_CELLS) continue
      window++
      filled = 0
    }
    store.prepare("UPDATE listing SET window = ?, filled = ?, pulse = randomblob(16)").run(window, filled)
    return { stored, known: cells.length - stored }
  })
}
