/** Most cells in one request: the relay takes no more. */
const MAX_BUNDLE_CELLS = 64

/**
 * Most requests under way at once. While the answer to one travels, the others fill the line. Browsers open six
 * connections to one host; two are left for the feed.
 */
const MAX_LANES = 4

/** Below this a request is short enough for the line to be tried with more, whatever the line's delay, in milliseconds. */
const SHORT_MS = 1_200
/** Above this a request is too long for a connection that may live for three seconds, unless the line is never faster. */
const LONG_MS = 2_500
/** On a line where a single cell is long, more at once is tried again after so many answers. */
const HOLD_ANSWERS = 16

/**
 * How much to have under way at once, learned from how long the relay's answers take. What is under way when a line is
 * cut is sent again, so there should be just enough to keep the line busy while an answer travels, and no more: a cell
 * at 30 kbit/s, four at 400 kbit/s with 600 ms of delay, four full bundles on a good line.
 *
 * Time alone decides, and no loss does: a cut says nothing about how fast the line is. Measured: `bench/bad-network`.
 */
export interface Pace {
  /** Requests to have under way at once. */
  lanes(): number
  /** Cells in the next request. */
  bundleCells(): number
  /** A request with so many cells was answered after so long. */
  answered(cells: number, ms: number): void
  /** A request came to nothing because it took too long. */
  tooSlow(): void
  /** Nothing comes through: the next try is a smaller one. */
  failed(): void
}

/** Begins with a single cell: the one that costs least to lose, and that a text report is. */
export function createPace(): Pace {
  let window = 1
  let fastestMs = Number.POSITIVE_INFINITY
  let hold = 0

  const lanes = (): number => Math.min(window, MAX_LANES)
  const shrinkBy = (cells: number): void => {
    window = Math.max(1, window - cells)
  }

  return {
    lanes,
    bundleCells: () => Math.floor(window / lanes()),
    answered(cells, ms) {
      fastestMs = Math.min(fastestMs, ms)
      hold = Math.max(0, hold - 1)
      if (ms < Math.max(SHORT_MS, 1.3 * fastestMs)) {
        if (hold === 0) window = Math.min(window + cells, MAX_LANES * MAX_BUNDLE_CELLS)
      } else if (ms > Math.max(LONG_MS, 1.6 * fastestMs)) {
        shrinkBy(Math.max(1, window >> 3))
        if (fastestMs > LONG_MS) hold = HOLD_ANSWERS
      }
    },
    tooSlow: () => shrinkBy(window - (window >> 2)),
    failed: () => shrinkBy(window - (window >> 1)),
  }
}
