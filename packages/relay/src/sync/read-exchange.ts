import { toHex } from "@govah/core/bytes"
import { ELEMENT_BYTES, sortElements } from "@govah/core/reconcile"
import { firstVeiled, readVeils, VEIL_BYTES } from "@govah/core/veil"
import { fileStream, readHead } from "@govah/node"
import type { RelayStore } from "../store/port.ts"
import { nameDatedCells } from "./answer-sync.ts"
import { BLOCK_BYTES, type BlockMaker, parseBlock } from "./exchange-block.ts"
import { SyncError } from "./sync-error.ts"
import type { DatedCell } from "./sync-wire.ts"

/** What another relay has, as a file says. */
export interface OtherHoldings {
  readonly maker: BlockMaker
  /** Ids of its cells, one after another, ascending. */
  readonly ids: Uint8Array
}

/** What was read from files that other relays wrote. */
export interface ReadExchange {
  readonly cellsTaken: number
  readonly tombstonesTaken: number
  /** Blocks in which a bit has changed: lost, and nothing else with them. */
  readonly damaged: number
  readonly others: readonly OtherHoldings[]
}

/** Most names that are read from a folder, over all relays: 128 MiB. */
const MAX_NAMES = 4_194_304
const BATCH_CELLS = 64

/** Who wrote a file of an exchange, or null where it is something else. */
export async function exchangeMaker(path: string, store: RelayStore): Promise<BlockMaker | null> {
  const { head } = await readHead(path, 64 * (BLOCK_BYTES + VEIL_BYTES))
  const first = await firstVeiled(head, BLOCK_BYTES, store.deps.primitives)
  return first === null ? null : (parseBlock(first)?.maker ?? null)
}

/**
 * Takes what other relays wrote: all tombstones first, then all cells. Whatever was taken is durable, and taking it again
 * is harmless.
 *
 * @throws SyncError `not-an-exchange` where there are more names than fit into memory; RelayError `full`.
 */
export async function readExchange(
  store: RelayStore,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadExchange> {
  const names = new Map<string, { maker: BlockMaker; ids: Uint8Array[] }>()
  let [count, cellsTaken, tombstonesTaken, damaged] = [0, 0, 0, 0]
  const withCells: string[] = []
  for (const path of paths) {
    let hasCells = false
    damaged += await readBlocks(path, store, signal, async (blocks) => {
      for (const { maker, body } of blocks) {
        if (body.kind === "tombstones") tombstonesTaken += await store.putTombstones(body.tombstones)
        if (body.kind === "cell") hasCells = true
        if (body.kind !== "names") continue
        count += body.ids.length
        if (count > MAX_NAMES) throw new SyncError("not-an-exchange", `more than ${MAX_NAMES} names`)
        const known = names.get(toHex(maker.store)) ?? { maker, ids: [] }
        known.ids.push(...body.ids)
        names.set(toHex(maker.store), known)
      }
    })
    if (hasCells) withCells.push(path)
  }
  for (const path of withCells) {
    await readBlocks(path, store, signal, async (blocks) => {
      const cells = blocks.flatMap(({ body }): DatedCell[] => (body.kind === "cell" ? [body] : []))
      for (let at = 0; at < cells.length; at += BATCH_CELLS) {
        const named = await nameDatedCells(store, cells.slice(at, at + BATCH_CELLS))
        cellsTaken += (await store.put({ cells: named, lane: "reserved" })).stored
      }
    })
  }
  const others = [...names.values()].map(({ maker, ids }) => ({ maker, ids: sortElements(joined(ids)) }))
  return { cellsTaken, tombstonesTaken, damaged, others }
}

async function readBlocks(
  path: string,
  store: RelayStore,
  signal: AbortSignal | undefined,
  handle: (blocks: readonly NonNullable<ReturnType<typeof parseBlock>>[]) => Promise<void>,
): Promise<number> {
  return await readVeils(fileStream(path), BLOCK_BYTES, store.deps.primitives, async (payloads) => {
    signal?.throwIfAborted()
    await handle(payloads.map(parseBlock).filter((block) => block !== null))
  })
}

function joined(ids: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * ELEMENT_BYTES)
  ids.forEach((id, i) => bytes.set(id, i * ELEMENT_BYTES))
  return bytes
}
