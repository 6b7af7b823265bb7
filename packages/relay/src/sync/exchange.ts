import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { equalBytes, toHex } from "@govah/core/bytes"
import { rangeOf } from "@govah/core/reconcile"
import { MAX_STICK_FILE_BYTES, writeVeiledFile, writeVeils } from "@govah/node"
import { VEIL_BYTES } from "@govah/core/veil"
import type { RelayStore, StoredName } from "../store/port.ts"
import { BLOCK_BYTES, BLOCK_NAMES, BLOCK_TOMBSTONES, type BlockMaker, formatBlock } from "./exchange-block.ts"
import { exchangeMaker, type OtherHoldings, type ReadExchange, readExchange } from "./read-exchange.ts"
import { SyncError } from "./sync-error.ts"
import type { SyncOptions } from "./sync-with.ts"

/** What one turn of an exchange by hand did. */
export interface Exchanged extends Omit<ReadExchange, "others"> {
  /** Cells written for relays that lack them. */
  readonly cellsGiven: number
  /** Whether another relay's names were there, so that it is known what it lacks. */
  readonly met: boolean
  /** Whether more cells are to be given than fitted: another turn brings them. */
  readonly more: boolean
}

/**
 * One turn of a sync through a folder on a stick, which goes to and fro between relays: takes what others wrote, then
 * writes what this relay has, what it has forgotten, and the cells that others lack. What this relay wrote there before
 * is replaced. Nothing else in the folder is touched.
 *
 * @throws SyncError; RelayError `full`; faults of the disk. What was taken is kept, and another turn goes on.
 */
export async function exchangeByFolder(
  store: RelayStore,
  folder: string,
  options: SyncOptions,
): Promise<Exchanged> {
  const maker = await makerOf(store, options)
  const mine: string[] = []
  const others: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(folder, entry.name)
    const by = await exchangeMaker(path, store)
    if (by !== null) (equalBytes(by.store, maker.store) ? mine : others).push(path)
  }
  const taken = await readExchange(store, others.sort(), options.signal)
  const written = { cellsGiven: 0, more: false }
  const blocks = blocksToGive(store, maker, taken.others, Number.POSITIVE_INFINITY, written, options)
  await writeVeils(folder, blocks, BLOCK_BYTES, store.deps.primitives)
  for (const path of mine) await rm(path, { force: true })
  return outcome(taken, written)
}

/**
 * The same through one file that is passed to and fro, and is at most 2 GB long.
 *
 * @returns null where this relay wrote the file itself: it waits for another, and nothing was changed.
 * @throws SyncError `not-an-exchange` where the file is something else: then it is left as it was.
 */
export async function exchangeByFile(
  store: RelayStore,
  path: string,
  options: SyncOptions,
): Promise<Exchanged | null> {
  const maker = await makerOf(store, options)
  const by = await exchangeMaker(path, store).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error
    return undefined
  })
  if (by === null) {
    throw new SyncError(
      "not-an-exchange",
      "the file is something else than a relay wrote; it was left as it is",
    )
  }
  if (by !== undefined && equalBytes(by.store, maker.store)) return null
  const taken = await readExchange(store, by === undefined ? [] : [path], options.signal)
  const written = { cellsGiven: 0, more: false }
  const most = Math.floor(MAX_STICK_FILE_BYTES / (BLOCK_BYTES + VEIL_BYTES))
  await writeVeiledFile(
    path,
    blocksToGive(store, maker, taken.others, most, written, options),
    store.deps.primitives,
  )
  return outcome(taken, written)
}

async function makerOf(store: RelayStore, { retentionDays }: SyncOptions): Promise<BlockMaker> {
  const name = await store.settings.ensure("exchange", store.deps.primitives.random(16))
  return { store: name, today: store.today(), retentionDays }
}

function outcome(
  { cellsTaken, tombstonesTaken, damaged, others }: ReadExchange,
  written: { readonly cellsGiven: number; readonly more: boolean },
): Exchanged {
  return { cellsTaken, tombstonesTaken, damaged, ...written, met: others.length > 0 }
}

/** Names, tombstones and cells, in blocks. @param most - blocks in all; cells that do not fit are left for another turn. */
async function* blocksToGive(
  store: RelayStore,
  maker: BlockMaker,
  others: readonly OtherHoldings[],
  most: number,
  written: { cellsGiven: number; more: boolean },
  { signal, onProgress }: SyncOptions,
): AsyncGenerator<Uint8Array, void, void> {
  let blocks = 0
  const give = (body: Parameters<typeof formatBlock>[1]): Uint8Array => {
    signal?.throwIfAborted()
    blocks++
    return formatBlock(maker, body)
  }
  const since = maker.today - maker.retentionDays
  const isKept = ({ isForgotten, day }: StoredName): boolean => !isForgotten && day >= since
  for await (const names of namesOf(store, isKept, BLOCK_NAMES)) {
    yield give({ kind: "names", ids: names.map(({ id }) => id) })
  }
  // A file without a single block would have no maker.
  if (blocks === 0) yield give({ kind: "names", ids: [] })
  // Those that are older are told where another relay keeps the cell, and as of today: it hears of it now.
  const recent = maker.today - 2 * maker.retentionDays
  const isTold = ({ id, isForgotten, day }: StoredName): boolean =>
    isForgotten && (day >= recent || others.some((other) => holds(other, id)))
  for await (const names of namesOf(store, isTold, BLOCK_TOMBSTONES)) {
    const tombstones = (await store.tombstones(names.map(({ id }) => id))).filter((one) => one !== null)
    const told = tombstones.map((one) => (one.day < recent ? { ...one, day: maker.today } : one))
    yield give({ kind: "tombstones", tombstones: told })
  }
  const isLacked = (name: StoredName): boolean => isKept(name) && others.some((other) => lacks(other, name))
  for await (const names of namesOf(store, isLacked, CELLS_AT_A_TIME)) {
    for (const cell of await store.read(names.map(({ id }) => id))) {
      if (cell === null) continue
      if (blocks >= most) {
        written.more = true
        return
      }
      yield give({ kind: "cell", day: cell.day, body: cell.body })
      written.cellsGiven++
    }
    onProgress?.({ cellsTaken: 0, cellsGiven: written.cellsGiven, tombstonesTaken: 0, tombstonesGiven: 0 })
  }
}

const CELLS_AT_A_TIME = 64

/** Whether another relay has no such cell, and would still keep it. */
function lacks(other: OtherHoldings, { id, day }: StoredName): boolean {
  return day >= other.maker.today - other.maker.retentionDays && !holds(other, id)
}

function holds({ ids }: OtherHoldings, id: Uint8Array): boolean {
  return rangeOf(ids, toHex(id)).length > 0
}

/** Names that fit, so many at a time, ascending. */
async function* namesOf(
  store: RelayStore,
  fits: (name: StoredName) => boolean,
  count: number,
): AsyncGenerator<readonly StoredName[], void, void> {
  let found: StoredName[] = []
  for (let after: Uint8Array | null = null; ; ) {
    const names: readonly StoredName[] = await store.names(after, 4_096)
    const last = names.at(-1)
    if (last === undefined) break
    after = last.id
    for (const name of names) {
      if (fits(name) && found.push(name) === count) {
        yield found
        found = []
      }
    }
  }
  if (found.length > 0) yield found
}
