const FIRST_MS = 5_000
/** A quarter of an hour: a page that lies open must not be dead when the network is back without a word of it. */
const LONGEST_MS = 900_000

/**
 * How long to wait before the queue is tried again, in milliseconds: twice as long after each failure in a row, and by
 * chance up to half as long again, so that phones that lost their network together do not come back together.
 *
 * @param failures - in a row, 1 or more.
 * @param random - 32 random bits.
 */
export function backOffMs(failures: number, random: number): number {
  const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(ms * (1 + random / 2 ** 33))
}

const HOUR_MS = 3_600_000

/**
 * How long until the desk is asked again by itself: six hours, and by chance up to two more. The same for a phone that
 * waits for something and for one that waits for nothing.
 *
 * @param random - 32 random bits.
 */
export function nextAskMs(random: number): number {
  return Math.round(HOUR_MS * (6 + random / 2 ** 31))
}
