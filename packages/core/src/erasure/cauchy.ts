import { ErasureError } from "./erasure-error.ts"
import { addProduct, invert, multiply } from "./gf256.ts"

/** Data and repair shards together: the field has 256 elements, and each shard needs one of its own. */
export const MAX_SHARDS = 256
/** Longest shard, in bytes: a cell, with room. With it a code never holds more than 256 times this, 16 MiB. */
export const MAX_SHARD_BYTES = 65_536

/**
 * One repair shard of a systematic Cauchy code: any `data.length` shards, data or repair, rebuild the data.
 *
 * Shards are numbered: data from 0, then repair. Repair shard `number` is the sum over data shards j of
 * data[j] / (number XOR j). Source: `spec/pack.md#erasure-code`; J. Blömer et al., ICSI TR-95-048.
 *
 * @param data - 1 to 255 shards of the same length.
 * @param number - from `data.length` to 255.
 * @throws ErasureError `out-of-bounds`.
 */
export function repairShard(data: readonly Uint8Array[], number: number): Uint8Array {
  const bytes = requireShards(data.length, data)
  requireRepair(data.length, number)
  const shard = new Uint8Array(bytes)
  data.forEach((part, j) => addProduct(shard, part, invert(number ^ j)))
  return shard
}

/**
 * Rebuilds all data shards, or returns null where fewer than `count` different shards are there.
 *
 * It cannot see that a shard is false: then what it returns is false, too. Whoever calls it checks a hash.
 *
 * @param count - how many data shards there were, 1 to 255.
 * @param received - shards by number, all of one length; attacker-controlled. Data shards that are here come back as they are.
 * @throws ErasureError `out-of-bounds`.
 */
export function rebuildShards(
  count: number,
  received: ReadonlyMap<number, Uint8Array>,
): readonly Uint8Array[] | null {
  requireShards(count, [...received.values()])
  for (const number of received.keys()) if (number >= count || number < 0) requireRepair(count, number)
  const missing: number[] = []
  for (let j = 0; j < count; j++) if (!received.has(j)) missing.push(j)
  const repairs = [...received.keys()].filter((number) => number >= count).slice(0, missing.length)
  if (repairs.length < missing.length) return null
  // What the repair shards say of the missing ones alone: as many equations as there are unknowns.
  const sums = repairs.map((number) => {
    const sum = (received.get(number) as Uint8Array).slice()
    for (let j = 0; j < count; j++) {
      const shard = received.get(j)
      if (shard !== undefined) addProduct(sum, shard, invert(number ^ j))
    }
    return sum
  })
  const inverse = inverseMatrix(repairs.map((number) => missing.map((j) => invert(number ^ j))))
  const rebuilt = new Map(
    missing.map((j, row) => {
      const shard = new Uint8Array((sums[0] as Uint8Array).length)
      sums.forEach((sum, column) => addProduct(shard, sum, (inverse[row] as number[])[column] as number))
      return [j, shard]
    }),
  )
  return Array.from({ length: count }, (_, j) => (received.get(j) ?? rebuilt.get(j)) as Uint8Array)
}

// Gauss and Jordan, on numbers alone. Every square part of a Cauchy matrix can be inverted, and no pivot of it is 0 on
// the way, so rows are never exchanged.
function inverseMatrix(matrix: readonly number[][]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, r) => [...row, ...row.map((_, c) => (r === c ? 1 : 0))])
  for (let pivot = 0; pivot < size; pivot++) {
    const pivotRow = rows[pivot] as number[]
    scaleRow(pivotRow, invert(pivotRow[pivot] as number))
    rows.forEach((row, r) => {
      const factor = row[pivot] as number
      if (r === pivot || factor === 0) return
      for (let c = 0; c < row.length; c++)
        row[c] = (row[c] as number) ^ multiply(factor, pivotRow[c] as number)
    })
  }
  return rows.map((row) => row.slice(size))
}

function scaleRow(row: number[], factor: number): void {
  for (let c = 0; c < row.length; c++) row[c] = multiply(row[c] as number, factor)
}

function requireShards(count: number, shards: readonly Uint8Array[]): number {
  if (!Number.isInteger(count) || count < 1 || count >= MAX_SHARDS) {
    throw new ErasureError(`a code has 1 to ${MAX_SHARDS - 1} data shards, not ${count}`)
  }
  const bytes = shards[0]?.length ?? 0
  if (bytes > MAX_SHARD_BYTES || shards.some((shard) => shard.length !== bytes)) {
    throw new ErasureError(`shards have one length of at most ${MAX_SHARD_BYTES} bytes`)
  }
  return bytes
}

function requireRepair(count: number, number: number): void {
  if (!Number.isInteger(number) || number < count || number >= MAX_SHARDS) {
    throw new ErasureError(`a repair shard of ${count} has a number from ${count} to ${MAX_SHARDS - 1}`)
  }
}
