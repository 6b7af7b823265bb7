/** Most cells in one request: the relay takes no more. */
const MAX_BUNDLE_CELLS = 64

/**
 * Most requests under way at once. While the answer to one travels, the others fill the line. Browsers open six
 * connections to one host; two are left for the feed.
 */
const MAX_LANES = 4

const MAX_WINDOW = MAX_LANES * MAX_BUNDLE_CELLS

/** An answer after this is so quick that more under way costs nothing, in milliseconds. */
const QUICK_MS = 300
/** Answers over which the best rate is remembered. */
const MEMORY_ANSWERS = 32
/** Every so many rounds a little more is tried. */
const PROBE_ROUNDS = 4
/** How much more than the line holds is under way, so that it is never idle. */
const SLACK = 1.25

/**
 * How much to have under way at once: what the line carries in the time of one answer, and a little more. What is under
 * way when a line is cut is sent again, so more is a loss there: a single cell at 30 kbit/s, four at 400 kbit/s with
 * 600 ms of delay, four full bundles on a good line.
 *
 * Learned as BBR learns it (Cardwell et al. 2016): the best rate seen, times the shortest time seen. Loss decides
 * nothing: a cut says nothing about how fast a line is. Measured: `bench/bad-network`.
 */
export interface Pace {
  /** Requests to have under way at once. */
  lanes(): number
  /** Cells in the next request. */
  bundleCells(): number
  /**
   * Milliseconds from the start of a request with so many cells to that of the next. Requests that begin together share
   * the line, end together, and leave it idle together while their answers travel.
   */
  gapMs(cells: number): number
  /**
   * A request was answered.
   *
   * @param ms - from its start.
   * @param delivered - cells of all requests that were answered in that time, its own included.
   */
  answered(ms: number, delivered: number): void
  /** Requests come to nothing: they take too long, or the line never lives as long as they need. */
  tooMuch(): void
}

/** Begins with a single cell: the one that costs least to lose, and that a text report is. */
export function createPace(): Pace {
  let window = 1
  let fastestMs = Number.POSITIVE_INFINITY
  // Cells a millisecond, newest last.
  let rates: number[] = []
  let bestBefore = 0
  let isStarting = true
  let answersInRound = 0
  let rounds = 0

  const lanes = (): number => Math.min(window, MAX_LANES)
  const bounded = (cells: number): number => Math.max(1, Math.min(MAX_WINDOW, Math.floor(cells)))

  // A round is an answer for each lane: until then the line has not felt a change.
  function endRound(): void {
    const best = Math.max(...rates)
    const carried = best * fastestMs * SLACK
    // A whole cell more is little where several are under way, and doubles what a cut costs where one is.
    const filling = carried > 2 ? Math.ceil(carried) : carried
    if (isStarting && best >= SLACK * bestBefore) window = bounded(2 * window)
    else {
      isStarting = false
      // Now and then a little more, to find out whether the line has become better.
      const probe = ++rounds % PROBE_ROUNDS === 0 ? Math.max(1, filling / 4) : 0
      window = bounded(filling + probe)
    }
    bestBefore = best
  }

  return {
    lanes,
    bundleCells: () => Math.floor(window / lanes()),
    gapMs: (cells) => (isStarting || bestBefore === 0 ? 0 : cells / (bestBefore * SLACK)),
    answered(ms, delivered) {
      fastestMs = Math.min(fastestMs, ms)
      rates = [...rates, delivered / Math.max(ms, 1)].slice(-MEMORY_ANSWERS)
      if (++answersInRound >= 2 * lanes()) {
        answersInRound = 0
        endRound()
      }
      if (ms < QUICK_MS) window = bounded(window + delivered)
    },
    tooMuch() {
      window = bounded(window / 4)
      isStarting = false
    },
  }
}
