/** How long windows have been open, by a clock that never goes back. In memory alone. */
export interface WindowAges {
  /** Milliseconds since a window was first asked for here. */
  age(window: number): number
}

/** @param now - milliseconds from any start. */
export function countWindowAges(now: () => number): WindowAges {
  let known = -1
  let since = 0
  return {
    age(window) {
      if (window !== known) {
        known = window
        since = now()
      }
      return now() - since
    },
  }
}
