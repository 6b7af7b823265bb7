import { GROUP_CELLS, WINDOW_MOST_CELLS } from "../../limits.ts"
import { isTorn, mendSome } from "./mend.ts"
import { makeReady, wipeStale } from "./room.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"
import { countBusiest, countWaiting, MOVED_AT_A_TIME, moveSome } from "./windows.ts"

/** What a store does by itself: it forgets the order in which things came, and makes room before it is needed. */
export interface Tidying {
  /** Something was written. */
  touch(): void
  /** Forgets the order now. */
  tidy(): Promise<void>
  stop(): void
}

/** It keeps no timer that would hold the process open. Each step takes a turn of its own, so that posts get between. */
export function startTidying(file: SqliteFile, slots: Slots, turns: Turns): Tidying {
  let isTouched = false
  let isMoving = false
  let quiet: NodeJS.Timeout | null = null
  const busy = setInterval(() => void forgetOrder(), LONGEST_LOG_MS).unref()

  async function whileOpen<T>(work: () => T | Promise<T>, otherwise: T): Promise<T> {
    return await turns(() => (file.db.isOpen ? work() : otherwise))
  }

  function touch(): void {
    isTouched = true
    if (quiet !== null) clearTimeout(quiet)
    // A clean-up that failed is tried again later; it must not stop a relay that still takes cells.
    quiet = setTimeout(() => void rest().catch(() => undefined), QUIET_MS).unref()
    if (!isMoving && countWaiting(slots) > 0) move(pause).catch(() => undefined)
  }

  async function move(between: () => Promise<void>): Promise<void> {
    isMoving = true
    try {
      while (await whileOpen(moveSeveral, false)) await between()
      // What said in which slots they lay is in the file until then.
      isTouched = true
      await forgetOrder()
    } finally {
      isMoving = false
    }
  }

  // Cells that come faster than others are moved wait for them: the index of the slots is in memory.
  async function moveSeveral(): Promise<boolean> {
    let isMore = true
    for (let moved = 0; isMore && moved < GROUP_CELLS; moved += MOVED_AT_A_TIME) {
      isMore = await moveSome(file, slots)
      if (countWaiting(slots) < WINDOW_MOST_CELLS) break
    }
    return isMore
  }

  async function tidy(): Promise<void> {
    await whileOpen(async () => {
      if (slots.read(() => slots.isStale())) await wipeStale(slots)
    }, undefined)
    await mendAll(soon)
    await move(soon)
    isTouched = true
    await forgetOrder()
  }

  // What a process left that ended in the middle.
  async function mendAll(between: () => Promise<void>): Promise<void> {
    if (!(await whileOpen(() => isTorn(file), false))) return
    for (let after: number | null = 0; after !== null; await between()) {
      const from: number = after
      after = await whileOpen(() => mendSome(file, slots, from), null)
    }
  }

  async function forgetOrder(): Promise<void> {
    if (!isTouched) return
    isTouched = false
    await whileOpen(() => file.forgetOrder(), undefined)
  }

  async function rest(): Promise<void> {
    await tidy()
    await pause(REST_MS)
    if (isTouched) return
    for (let ready = 0, isMore = true; isMore; await pause()) {
      ready += READY_AT_A_TIME
      isMore = await whileOpen(async () => {
        const busiest = slots.read(() => countBusiest(file, slots))
        const wanted = Math.max(LEAST_READY, Math.min(busiest, MOST_READY))
        await makeReady(file, slots, Math.min(ready, wanted))
        return ready < wanted && slots.countReady() >= ready
      }, false)
    }
    await whileOpen(() => file.forgetOrder(), undefined)
  }

  function stop(): void {
    clearInterval(busy)
    if (quiet !== null) clearTimeout(quiet)
  }

  mendAll(pause).catch(() => undefined)
  return { touch, tidy, stop }
}

// The write-ahead log remembers the order of commits: emptied after this long without one, and this often under load.
const QUIET_MS = 250
const LONGEST_LOG_MS = 1_000

// So much later it is at rest. It makes room then for as many cells as a window of late has had, 8 MiB in a turn, and at most 1 GiB.
const REST_MS = 750
const LEAST_READY = 256
const READY_AT_A_TIME = 512
const MOST_READY = 65_536

// Between one step and the next, posts are answered. Who waits for it must be kept running; a timer must not.
const PAUSE_MS = 25

function soon(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function pause(ms = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
