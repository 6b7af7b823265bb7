import { GROUP_CELLS, WINDOW_MOST_CELLS } from "../../limits.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { countWaiting, MOVED_AT_A_TIME, moveSome } from "./windows.ts"

/** What a store does by itself to forget the order in which things came. */
export interface Tidying {
  /** Something was written. */
  touch(): void
  /** Does all of it now. */
  tidy(): Promise<void>
  stop(): void
}

/** It keeps no timer that would hold the process open. */
export function startTidying(file: SqliteFile, slots: Slots): Tidying {
  let isTouched = false
  let isMoving = false
  let quiet: NodeJS.Timeout | null = null
  const busy = setInterval(() => {
    if (!isTouched || !file.db.isOpen) return
    file.forgetOrder()
    isTouched = false
  }, LONGEST_LOG_MS).unref()

  function touch(): void {
    isTouched = true
    if (quiet !== null) clearTimeout(quiet)
    quiet = setTimeout(() => void tidy().catch(() => undefined), QUIET_MS).unref()
    const waiting = countWaiting(file, slots)
    // Cells that come faster than others are moved wait for them: the index of the slots is in memory.
    for (let moved = 0; moved < GROUP_CELLS && waiting - moved > MOST_WAITING; moved += MOVED_AT_A_TIME)
      if (!moveSome(file, slots)) break
    if (!isMoving && waiting > 0) {
      // A clean-up that failed is tried again later; it must not stop a relay that still takes cells.
      move(pause).catch(() => undefined)
    }
  }

  async function move(rest: () => Promise<void>): Promise<void> {
    isMoving = true
    try {
      while (file.db.isOpen && moveSome(file, slots)) await rest()
    } finally {
      isMoving = false
    }
  }

  async function tidy(): Promise<void> {
    await move(() => new Promise((resolve) => setImmediate(resolve)))
    if (file.db.isOpen) file.forgetOrder()
    isTouched = false
  }

  function stop(): void {
    clearInterval(busy)
    if (quiet !== null) clearTimeout(quiet)
  }

  return { touch, tidy, stop }
}

// One window of the largest kind.
const MOST_WAITING = WINDOW_MOST_CELLS

// The write-ahead log remembers the order of commits: emptied after this long without one, and this often under load.
const QUIET_MS = 1_000
const LONGEST_LOG_MS = 10_000

// Between moving some cells and some more, posts are answered. Who waits for it must be kept running; a timer must not.
const MOVE_PAUSE_MS = 25

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, MOVE_PAUSE_MS).unref()
  })
}
