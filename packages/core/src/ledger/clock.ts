/**
 * A reading of a hybrid logical clock: the wall clock where it moved on, a counter where it did not.
 *
 * `ms` is milliseconds since 1970 (UTC), `counter` orders readings of one millisecond. Source: Kulkarni et al., "Logical
 * Physical Clocks" (2014).
 */
export interface Stamp {
  readonly ms: number
  readonly counter: number
}

/** How far ahead of our clock another's entry may be, in milliseconds. Beyond it the entry waits, or it could win forever. */
export const MAX_AHEAD_MS = 600_000

/**
 * The stamp of the next entry: later than `last`, whatever the wall clock does.
 *
 * @param last - the newest stamp that this member has made or seen; null at first.
 * @param nowMs - wall clock.
 */
export function nextStamp(last: Stamp | null, nowMs: number): Stamp {
  if (last === null || nowMs > last.ms) return { ms: nowMs, counter: 0 }
  return { ms: last.ms, counter: last.counter + 1 }
}

/** Negative where `a` is earlier than `b`, 0 where they are the same. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.ms - b.ms || a.counter - b.counter
}
