import { concatBytes, equalBytes } from "@govah/core/bytes"
import { ELEMENT_BYTES, elementCount, ReconcileError, reconcile, SALT_BYTES } from "@govah/core/reconcile"
import type { RelayStore, Tombstone } from "../store/port.ts"
import { nameDatedCells } from "./answer-sync.ts"
import { storedSet } from "./stored-set.ts"
import { SyncError } from "./sync-error.ts"
import {
  type DatedCell,
  formatSyncRequest,
  MAX_SYNC_CELLS,
  MAX_SYNC_TOMBSTONES,
  parseCells,
  parseHello,
  parseTombstones,
  type SyncKind,
  type SyncRequest,
} from "./sync-wire.ts"

/** Another relay, wherever it is. What it answers is attacker-controlled. */
export interface SyncPeer {
  /** @throws SyncError. */
  ask(request: Uint8Array): Promise<Uint8Array>
}

/** What a sync has moved so far. */
export interface SyncProgress {
  readonly cellsTaken: number
  readonly cellsGiven: number
  readonly tombstonesTaken: number
  readonly tombstonesGiven: number
}

/** What a sync needs beside the two stores. */
export interface SyncOptions {
  /** Whole days that this relay keeps. */
  readonly retentionDays: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: SyncProgress) => void
}

/**
 * Makes a store and another relay hold the same: tombstones first, both ways, then cells. Whatever was moved is durable
 * where it went, so that it may be stopped at any time, and doing it again goes on.
 *
 * 1. A forgotten cell never comes back: tombstones are taken before any cell is, and win over it in the store. Of those that
 *    are too old to be compared, the ones whose cell moves are told beside it.
 * 2. A cell is what its hash says; a tombstone holds where its token fits the cell (`spec/sync.md`).
 * 3. A day travels with its cell and never grows; what is past the retention of either side is not moved.
 *
 * Memory: the ids of what differs in a sixteenth of the set, and 1 MiB.
 *
 * @throws SyncError; RelayError `full`; what the signal was aborted with.
 */
export async function syncWith(
  store: RelayStore,
  peer: SyncPeer,
  options: SyncOptions,
): Promise<SyncProgress> {
  const moved = { cellsTaken: 0, cellsGiven: 0, tombstonesTaken: 0, tombstonesGiven: 0 }
  const ask = async (request: SyncRequest): Promise<Uint8Array> => {
    options.signal?.throwIfAborted()
    return await peer.ask(formatSyncRequest(request))
  }
  const report = (): void => options.onProgress?.({ ...moved })

  const hello = parseHello(await ask({ op: "hello" }))
  if (hello === null) throw badAnswer("it does not say how long it keeps")
  const oldest = (terms: number): number =>
    Math.max(0, store.today() - terms * options.retentionDays, hello.today - terms * hello.retentionDays)

  await compare("tombstones", oldest(2), takeTombstones, giveTombstones)
  await compare("cells", oldest(1), takeCells, giveCells)
  return moved

  async function compare(
    kind: SyncKind,
    since: number,
    take: (ids: readonly Uint8Array[]) => Promise<void>,
    give: (ids: readonly Uint8Array[]) => Promise<void>,
  ): Promise<void> {
    const { primitives } = store.deps
    const asking = reconcile(storedSet(store, kind, since), primitives.random(SALT_BYTES), primitives)
    try {
      for (let message = await asking.next(); message !== null; message = await asking.next()) {
        const { onlyHere, onlyThere } = await asking.take(await ask({ op: "compare", kind, since, message }))
        for (const ids of batches(onlyThere, MAX_SYNC_TOMBSTONES)) await take(ids)
        for (const ids of batches(onlyHere, MAX_SYNC_TOMBSTONES)) await give(ids)
      }
    } catch (error) {
      if (!(error instanceof ReconcileError)) throw error
      throw new SyncError("bad-answer", `the other relay's answer is none: ${error.message}`, {
        cause: error,
      })
    }
  }

  async function takeTombstones(ids: readonly Uint8Array[]): Promise<void> {
    const tombstones = parseTombstones(await ask({ op: "read-tombstones", ids }), ids)
    if (tombstones === null) throw badAnswer("these are no tombstones")
    moved.tombstonesTaken += await store.putTombstones(renewed(tombstones))
    report()
  }

  async function giveTombstones(ids: readonly Uint8Array[]): Promise<void> {
    const tombstones = renewed(await store.tombstones(ids))
    if (tombstones.length === 0) return
    const told = await ask({ op: "put-tombstones", tombstones })
    await mustName(
      told,
      tombstones.map(({ id }) => id),
    )
    moved.tombstonesGiven += tombstones.length
    report()
  }

  /** One that is too old to be compared is told as of today: it is today that the other one learns of it. */
  function renewed(tombstones: readonly (Tombstone | null)[]): readonly Tombstone[] {
    return tombstones.flatMap((one) =>
      one === null ? [] : one.day < oldest(2) ? { ...one, day: store.today() } : one,
    )
  }

  async function takeCells(ids: readonly Uint8Array[]): Promise<void> {
    for (const some of bundles(ids)) await takeBundle(some)
    // What is forgotten here even now that its cell has come and been compared with the token, the other one never heard of.
    await giveTombstones(ids)
  }

  async function giveCells(ids: readonly Uint8Array[]): Promise<void> {
    await takeTombstones(ids)
    for (const some of bundles(ids)) await giveBundle(some)
  }

  async function takeBundle(ids: readonly Uint8Array[]): Promise<void> {
    // One that is here, only not offered because its day is past, needs no second journey. One that has a tombstone here
    // is asked for: if the other relay keeps it although it has the tombstone, the token may not be the cell's.
    const wanted: Uint8Array[] = []
    for (const id of ids) if (!(await isKept(id))) wanted.push(id)
    if (wanted.length === 0) return
    const cells = parseCells(await ask({ op: "read-cells", ids: wanted }), wanted.length)
    if (cells === null) throw badAnswer("these are no cells")
    const received = cells.filter((cell): cell is DatedCell => cell !== null)
    const named = await nameDatedCells(store, received)
    const asked = wanted.filter((_, i) => cells[i] !== null)
    if (named.some(({ id }, i) => !equalBytes(id, asked[i] as Uint8Array))) {
      throw badAnswer("a cell is not what its name says")
    }
    if (named.length === 0) return
    const { stored } = await store.put({ cells: named, lane: "reserved" })
    moved.cellsTaken += stored
    report()
  }

  async function giveBundle(ids: readonly Uint8Array[]): Promise<void> {
    const cells = (await store.read(ids)).filter((cell) => cell !== null)
    if (cells.length === 0) return
    await mustName(
      await ask({ op: "put-cells", cells }),
      cells.map(({ id }) => id),
    )
    moved.cellsGiven += cells.length
    report()
  }

  async function isKept(id: Uint8Array): Promise<boolean> {
    const [cell] = await store.read([id])
    return cell !== null && cell !== undefined
  }

  /** @throws SyncError where the other relay does not say that it has just these. */
  async function mustName(told: Uint8Array, ids: readonly Uint8Array[]): Promise<void> {
    const names = await store.deps.primitives.sha256(concatBytes(...ids))
    if (!equalBytes(told, names)) throw badAnswer("it does not say that it has what it was given")
  }
}

function badAnswer(why: string): SyncError {
  return new SyncError("bad-answer", `the other relay's answer is none: ${why}`)
}

function bundles(ids: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const count = Math.ceil(ids.length / MAX_SYNC_CELLS)
  return Array.from({ length: count }, (_, i) => ids.slice(i * MAX_SYNC_CELLS, (i + 1) * MAX_SYNC_CELLS))
}

function* batches(ids: Uint8Array, most: number): Generator<readonly Uint8Array[], void, void> {
  const count = elementCount(ids)
  for (let from = 0; from < count; from += most) {
    yield Array.from({ length: Math.min(most, count - from) }, (_, i) =>
      ids.subarray((from + i) * ELEMENT_BYTES, (from + i + 1) * ELEMENT_BYTES),
    )
  }
}
