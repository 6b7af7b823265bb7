import { RoadError } from "../road/index.ts"
import { createPace } from "./pace.ts"

/**
 * Pauses before trying again where a request came to nothing, in milliseconds: one after another as long as nothing at
 * all comes through, then it is given up. A relay that restarts, or a phone between two cells of its network, is back
 * within them.
 */
const PAUSES_MS = [0, 250, 500, 1_000, 2_000]

/**
 * Works a queue off from its front in batches, several at once and one begun after another; one that came to nothing goes
 * back to the front. The queue is empty when this returns, unless it was stopped.
 *
 * @param send - throws RoadError where a batch came to nothing.
 * @param isStopped - once true, no batch is begun, and failures of those under way are nobody's.
 * @throws RoadError, after a few tries in which nothing came through, or at once where trying again cannot help; whatever
 * else `send` throws. Batches under way are waited for first.
 */
export async function sendAtPace<Item>(
  queue: Item[],
  send: (batch: readonly Item[]) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const pace = createPace()
  const underWay = new Set<Promise<void>>()
  let delivered = 0
  let failures = 0
  let failedAt = Number.NEGATIVE_INFINITY
  let pauseMs = 0
  // Whether nothing was answered since the last failure: requests then open connections, and their time tells nothing.
  let isFresh = true
  let fatal: { readonly error: unknown } | null = null

  async function sendOne(batch: readonly Item[]): Promise<void> {
    const startedAt = performance.now()
    const startedFresh = isFresh
    const deliveredBefore = delivered
    try {
      await send(batch)
      delivered += batch.length
      if (!startedFresh) pace.answered(performance.now() - startedAt, delivered - deliveredBefore)
      isFresh = false
      failures = 0
    } catch (error) {
      queue.unshift(...batch)
      if (isStopped() && error instanceof RoadError) return
      const code = error instanceof RoadError ? error.code : null
      if (code === "too-slow" && batch.length > 1) pace.tooMuch()
      else if (code === "unreachable" || code === "busy") {
        // Requests that were under way together fail together: that is one failure.
        if (startedAt < failedAt) return
        failedAt = performance.now()
        isFresh = true
        const pause = PAUSES_MS[failures++]
        if (pause === undefined) fatal ??= { error }
        else pauseMs = pause
        // A line that breaks after so many bytes lets only less through.
        if (failures > 1) pace.tooMuch()
      } else fatal ??= { error }
    }
  }

  for (let nextAt = 0; ; ) {
    if (pauseMs > 0) await pauseFor(pauseMs)
    pauseMs = 0
    let waitMs = 0
    while (fatal === null && !isStopped() && queue.length > 0 && underWay.size < pace.lanes()) {
      waitMs = underWay.size === 0 ? 0 : nextAt - performance.now()
      if (waitMs > 0) break
      const batch = queue.splice(0, pace.bundleCells())
      const one = sendOne(batch).finally(() => underWay.delete(one))
      underWay.add(one)
      nextAt = performance.now() + pace.gapMs(batch.length)
    }
    if (underWay.size === 0) break
    await Promise.race(waitMs > 0 ? [...underWay, pauseFor(waitMs)] : underWay)
  }
  if (fatal !== null) throw (fatal as { readonly error: unknown }).error
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
