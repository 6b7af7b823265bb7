import { MAX_SHARDS } from "../erasure/index.ts"
import { PackError } from "./pack-error.ts"

/**
 * Data cells of a group. With 30 % repair a group is 255 cells: nearly the most that the code can hold, since a long
 * group rides out a burst better than two short ones.
 */
const GROUP_DATA = 196
/** Most data cells of a pack: their hashes and those of repair must fit into the table (`table.ts`). */
export const MAX_DATA_CELLS = 40_000

/**
 * How a pack's cells belong together. Data cell i is number i. Cells next to each other lie in different groups, so that
 * a burst takes a little from each: data cell i belongs to group i mod `groups`.
 */
export interface PackPlan {
  readonly dataCells: number
  readonly groups: number
  /** Repair cells of every group. */
  readonly repair: number
  /** Data and repair cells together; repair cells are numbered after all data cells. */
  readonly cells: number
}

/** A cell's place in its group: data first, then repair. */
export interface Place {
  readonly group: number
  readonly shard: number
}

/**
 * The plan of a pack.
 *
 * @param repairPercent - repair cells for 100 data cells, 1 to 400.
 * @throws PackError `too-long`.
 */
export function planPack(dataCells: number, repairPercent: number): PackPlan {
  if (dataCells < 1 || dataCells > MAX_DATA_CELLS) {
    throw new PackError("too-long", `a pack holds 1 to ${MAX_DATA_CELLS} cells of data, not ${dataCells}`)
  }
  const most = Math.min(GROUP_DATA, Math.floor((MAX_SHARDS - 1) / (1 + repairPercent / 100)))
  const groups = Math.ceil(dataCells / Math.max(1, most))
  const longest = Math.ceil(dataCells / groups)
  const repair = Math.min(MAX_SHARDS - longest, Math.max(2, Math.ceil((longest * repairPercent) / 100)))
  return { dataCells, groups, repair, cells: dataCells + groups * repair }
}

/** How many data cells a group has. */
export function groupSize({ dataCells, groups }: PackPlan, group: number): number {
  return Math.floor((dataCells - 1 - group) / groups) + 1
}

/** The place of cell `number`, 0 to `cells` - 1. */
export function placeOf(plan: PackPlan, number: number): Place {
  const { dataCells, groups } = plan
  if (number < dataCells) return { group: number % groups, shard: Math.floor(number / groups) }
  const group = (number - dataCells) % groups
  return { group, shard: groupSize(plan, group) + Math.floor((number - dataCells) / groups) }
}

/** The numbers of a group's cells, by shard. */
export function numbersOf(plan: PackPlan, group: number): readonly number[] {
  const { dataCells, groups, repair } = plan
  const size = groupSize(plan, group)
  return Array.from({ length: size + repair }, (_, shard) =>
    shard < size ? shard * groups + group : dataCells + (shard - size) * groups + group,
  )
}
