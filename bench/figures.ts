import type { Yardstick } from "./yardstick.ts"

/** SHA-256 of 256 MiB on the 2-core machine of the baselines while nothing else runs there; milliseconds. */
const QUIET_SHA256_MS = 175

/** A limit in MB/s for a quiet machine, scaled to one that was as busy as this: never a higher one. */
export function scaledRate(limit: number, yardsticks: readonly Yardstick[]): number {
  const slowest = Math.max(1, ...yardsticks.map(({ sha256Of256MiBms }) => sha256Of256MiBms / QUIET_SHA256_MS))
  return limit / slowest
}

/** A limit in milliseconds for a quiet machine, scaled to one that was as busy as this: never a lower one. */
export function scaledMs(limit: number, yardsticks: readonly Yardstick[]): number {
  return round((limit * limit) / scaledRate(limit, yardsticks))
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number
}

/** To one decimal. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
