import { type CellId, cellId, splitBundle } from "@govah/core/cell"
import { OpenError } from "@govah/core/open"
import { DeskError } from "../desk-error.ts"
import type { RestoreSummary } from "../desk.ts"
import { fetchRange } from "../relays/relay-client.ts"
import { readRelays } from "../relays/relays.ts"
import type { Room } from "../room.ts"
import { openFrom } from "../view/open-report.ts"
import { completeReports } from "./complete.ts"
import { settleArrivals } from "./settle-arrivals.ts"
import { hasCell, storeCells } from "./store-cells.ts"

/** Digits with which asking begins: a range of a relay with 16,000 cells has 64. */
const FIRST_DIGITS = 2
const MOST_DIGITS = 16
/** Cells below which a range is too small to hide one: the next is asked for with a digit less. */
const FEW_CELLS = 8

/**
 * Fetches the cells that known reports name and that are missing here, from one relay that is open for it. Never one cell:
 * always all of a range of ids, in which the one that is wanted lies among strangers, and in random order. For more than a
 * few cells a pull from the beginning tells the relay less, and is the better way.
 *
 * @param url - one of the desk's relays.
 * @throws DeskError `no-such-relay`, `relay-failed`, `road-not-available`. What came until then is kept.
 */
export async function restoreFrom(
  room: Room,
  url: string,
  signal: AbortSignal | undefined,
): Promise<RestoreSummary> {
  const relay = readRelays(room.store).find((one) => one.url === url.replace(/\/+$/, ""))
  if (relay === undefined) throw new DeskError("no-such-relay", "the desk has no relay of that address")
  const wanted = await missingCells(room, signal)
  let [digits, fetched] = [FIRST_DIGITS, 0]
  for (const id of shuffled(wanted, room)) {
    // It may have come as another one's neighbour.
    while (!hasCell(room.store, id)) {
      signal?.throwIfAborted()
      const bundle = await fetchRange(relay, id.slice(0, digits), { ways: room.deps.ways, signal })
      if (bundle === null) {
        if (++digits > MOST_DIGITS)
          throw new DeskError("relay-failed", "it gives nothing, however little is asked")
        continue
      }
      const { cells } = splitBundle(bundle)
      const ids = await Promise.all(cells.map((cell) => cellId(cell, room.deps.primitives)))
      await storeCells(room, cells, { road: "relay", name: relay.url })
      fetched += cells.length
      if (cells.length < FEW_CELLS && digits > 0) digits--
      if (!ids.includes(id)) break
    }
  }
  await settleArrivals(room, signal)
  const { completed } = await completeReports(room, { all: true, signal })
  const found = wanted.filter((id) => hasCell(room.store, id)).length
  return { wanted: wanted.length, found, fetched, completed }
}

async function missingCells(room: Room, signal: AbortSignal | undefined): Promise<readonly CellId[]> {
  const missing = new Set<CellId>()
  const roots = room.store.all<{ id: CellId }>("SELECT id FROM root WHERE standing IN ('waiting', 'whole')")
  for (const { id } of roots) {
    signal?.throwIfAborted()
    if (!hasCell(room.store, id)) missing.add(id)
    try {
      for (const cell of (await openFrom(room, id)).missing) missing.add(cell)
    } catch (error) {
      if (!(error instanceof OpenError) && !(error instanceof DeskError)) throw error
    }
  }
  return [...missing]
}

/** In the order in which they are asked for, those of one report must not stand side by side. */
function shuffled(ids: readonly CellId[], { deps }: Room): readonly CellId[] {
  const keyed = ids.map((id) => ({ id, key: Buffer.from(deps.primitives.random(8)).toString("hex") }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ id }) => id)
}
