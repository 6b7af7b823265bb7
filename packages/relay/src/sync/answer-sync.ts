import { concatBytes } from "@govah/core/bytes"
import { respond } from "@govah/core/reconcile"
import { nameCells } from "../ingest/name-cells.ts"
import type { NamedCell, RelayStore } from "../store/port.ts"
import { storedSet } from "./stored-set.ts"
import { type DatedCell, formatCells, formatHello, formatTombstones, type SyncRequest } from "./sync-wire.ts"

/**
 * Answers another relay. Nothing is kept from one request to the next; what it hands over is durable when it is answered.
 *
 * @throws ReconcileError where it compares what cannot be compared; RelayError `full`: then nothing was taken.
 */
export async function answerSync(
  store: RelayStore,
  retentionDays: number,
  request: SyncRequest,
): Promise<Uint8Array> {
  const { primitives } = store.deps
  switch (request.op) {
    case "hello":
      return formatHello({ today: store.today(), retentionDays })
    case "compare":
      return await respond(storedSet(store, request.kind, request.since), request.message, primitives)
    case "read-cells":
      return formatCells(await store.read(request.ids))
    case "read-tombstones":
      return formatTombstones(await store.tombstones(request.ids))
    case "put-cells": {
      const named = await nameDatedCells(store, request.cells)
      await store.put({ cells: named, lane: "reserved" })
      return await primitives.sha256(concatBytes(...named.map(({ id }) => id)))
    }
    case "put-tombstones":
      await store.putTombstones(request.tombstones)
      return await primitives.sha256(concatBytes(...request.tombstones.map(({ id }) => id)))
  }
}

/** Cells with their ids, as they are here: what crossed wrongly is another cell, and nobody's. */
export async function nameDatedCells(
  { deps }: Pick<RelayStore, "deps">,
  cells: readonly DatedCell[],
): Promise<readonly NamedCell[]> {
  const named = await nameCells(
    cells.map(({ body }) => body),
    deps.primitives,
  )
  return named.map((cell, i) => ({ ...cell, day: (cells[i] as DatedCell).day }))
}
