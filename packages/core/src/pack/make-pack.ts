import { CELL_BYTES } from "../cell/index.ts"
import { repairShard } from "../erasure/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { PackHead } from "./head.ts"
import { groupSize, numbersOf, type PackPlan, planPack } from "./plan.ts"
import { dataCellsOf, formatPackTable, type PackFile } from "./table.ts"

/** Repair cells for 100 data cells: one pass outlives a burst of 23 % of it, two passes 30 % lost at random. */
export const REPAIR_PERCENT = 30

/** What a pack is made of, and where its repair cells go. */
export interface PackSource {
  /** In the order in which their bytes follow each other. */
  readonly files: readonly PackFile[]
  /** Data cell `number`, zeros after the last byte of the last file. Asked for once each, in the order of the groups. */
  readCell(number: number): Promise<Uint8Array>
  /** Keeps a repair cell; `number` is `dataCells` or more. */
  keepRepair(number: number, cell: Uint8Array): Promise<void>
}

/** A pack that is ready to be signed and sent. */
export interface MadePack {
  readonly plan: PackPlan
  /** What the head says, but for desk and day. */
  readonly contents: Pick<PackHead, "plan" | "tableBytes" | "tableHashes">
  /** The table's cells, then as many repair cells. */
  readonly tableCells: readonly Uint8Array[]
}

/**
 * Makes a pack: hashes the data, computes repair cells group by group, and writes the table. In memory: one group,
 * at most 4 MiB, and the table, at most 4 MiB with its repair.
 *
 * @throws PackError `too-long`, `malformed` for a file's name.
 */
export async function makePack(
  source: PackSource,
  primitives: Pick<Primitives, "sha256">,
  repairPercent: number = REPAIR_PERCENT,
): Promise<MadePack> {
  const plan = planPack(dataCellsOf(source.files), repairPercent)
  const hashes = new Uint8Array(plan.cells * 32)
  for (let group = 0; group < plan.groups; group++) {
    const size = groupSize(plan, group)
    const numbers = numbersOf(plan, group)
    const data: Uint8Array[] = []
    for (const number of numbers.slice(0, size)) data.push(await source.readCell(number))
    for (const [shard, number] of numbers.entries()) {
      const cell = data[shard] ?? repairShard(data, shard)
      hashes.set(await primitives.sha256(cell), number * 32)
      if (shard >= size) await source.keepRepair(number, cell)
    }
  }
  const table = formatPackTable({ files: source.files, hashes })
  const tableCells = cutTable(table)
  const tableHashes: Uint8Array[] = []
  for (const cell of tableCells) tableHashes.push(await primitives.sha256(cell))
  return { plan, contents: { plan, tableBytes: table.length, tableHashes }, tableCells }
}

// As many repair cells as cells: the table is small, and without it everything else is noise.
function cutTable(table: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(table.length / CELL_BYTES)
  const cells = Array.from({ length: count }, (_, i) => {
    const cell = new Uint8Array(CELL_BYTES)
    cell.set(table.subarray(i * CELL_BYTES, (i + 1) * CELL_BYTES))
    return cell
  })
  return [...cells, ...cells.map((_, i) => repairShard(cells, count + i))]
}
