import { concatBytes, equalBytes, toHex } from "../bytes/index.ts"
import { rebuildShards } from "../erasure/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { PackFrame } from "./frame.ts"
import { openPackHead, type PackHead } from "./head.ts"
import { PackError } from "./pack-error.ts"
import { groupSize, numbersOf } from "./plan.ts"
import { hashOfCell, type PackTable, parsePackTable } from "./table.ts"

/** Packs of one desk that are followed at once. A desk that signs more in one recording loses the later ones. */
const MAX_PACKS = 8

/** A pack whose head was verified. */
export interface KnownPack {
  /** First 8 bytes of the SHA-256 of the head, hex. */
  readonly id: string
  readonly head: PackHead
  /** Null until enough cells of the table are here. */
  readonly table: PackTable | null
}

/** Takes frames of any packs, mixed, false and repeated, and finds what a trusted desk signed. */
export interface PackListener {
  /**
   * @returns the number of a cell that is right and belongs to pack `id`; null for every other frame, which was noted
   * (a head, a part of a table) or is nothing that is trusted.
   */
  add(frame: PackFrame): Promise<{ readonly id: string; readonly number: number } | null>
  packs(): readonly KnownPack[]
}

/**
 * @param desk - the verify key that is trusted, base64url. Frames of other desks are passed over.
 * Memory: 8 packs with a table of at most 4 MiB each.
 */
export function createPackListener(desk: string, primitives: Primitives): PackListener {
  interface Entry {
    readonly head: PackHead
    readonly shards: Map<number, Uint8Array>
    table: PackTable | null
  }
  const entries = new Map<string, Entry>()

  async function addHead({ pack, body }: PackFrame): Promise<void> {
    if (entries.has(pack) || entries.size >= MAX_PACKS) return
    if (toHex((await primitives.sha256(body)).subarray(0, 8)) !== pack) return
    try {
      entries.set(pack, { head: await openPackHead(body, desk, primitives), shards: new Map(), table: null })
    } catch (error) {
      if (!(error instanceof PackError)) throw error
    }
  }

  async function addTable(entry: Entry, { number, body }: PackFrame): Promise<void> {
    const { head, shards } = entry
    const hash = head.tableHashes[number]
    if (entry.table !== null || hash === undefined || shards.has(number)) return
    if (!equalBytes(await primitives.sha256(body), hash)) return
    shards.set(number, body)
    const cells = rebuildShards(head.tableHashes.length / 2, shards)
    if (cells === null) return
    // A signed head over a table that contradicts it is the desk's own fault: there is nothing to take.
    entry.table = parsePackTable(concatBytes(...cells).subarray(0, head.tableBytes), head)
    shards.clear()
  }

  return {
    add: async (frame) => {
      const entry = entries.get(frame.pack)
      if (frame.kind === "head") await addHead(frame)
      else if (entry !== undefined && frame.kind === "table") await addTable(entry, frame)
      else if (entry?.table && frame.number < entry.head.plan.cells) {
        const right = equalBytes(await primitives.sha256(frame.body), hashOfCell(entry.table, frame.number))
        if (right) return { id: frame.pack, number: frame.number }
      }
      return null
    },
    packs: () => [...entries].map(([id, { head, table }]) => ({ id, head, table })),
  }
}

/** Where received cells lie. */
export interface CellStore {
  has(number: number): boolean
  read(number: number): Promise<Uint8Array>
  write(number: number, cell: Uint8Array): Promise<void>
}

/**
 * Rebuilds the data cells that were lost, group by group.
 *
 * @param store - holds cells that a {@link PackListener} found right; rebuilt ones are written to it.
 * @returns how many data cells are still missing.
 * @throws PackError `tampered` where right cells give a false one: the desk signed what does not fit together.
 */
export async function rebuildPack(
  { head, table }: { readonly head: PackHead; readonly table: PackTable },
  store: CellStore,
  primitives: Pick<Primitives, "sha256">,
): Promise<number> {
  let missing = 0
  for (let group = 0; group < head.plan.groups; group++) {
    const size = groupSize(head.plan, group)
    const numbers = numbersOf(head.plan, group)
    const lost = numbers.slice(0, size).filter((number) => !store.has(number))
    const here = numbers.flatMap((number, shard) => (store.has(number) ? [shard] : []))
    if (lost.length === 0) continue
    if (here.length < size) {
      missing += lost.length
      continue
    }
    const shards = new Map<number, Uint8Array>()
    for (const shard of here.slice(0, size)) shards.set(shard, await store.read(numbers[shard] as number))
    const data = rebuildShards(size, shards) as readonly Uint8Array[]
    for (const number of lost) {
      const cell = data[numbers.indexOf(number)] as Uint8Array
      if (!equalBytes(await primitives.sha256(cell), hashOfCell(table, number))) {
        throw new PackError("tampered", `the repair cells of group ${group} do not fit its data`)
      }
      await store.write(number, cell)
    }
  }
  return missing
}
