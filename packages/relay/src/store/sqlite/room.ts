import { roomFor } from "./capacity.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/**
 * Makes room for cells before they come, in transactions of their own: what moves for it must be on the disk at its new
 * place before its old one is overwritten.
 *
 * @param wanted - cells.
 * @returns false: the disk has no room for so many, and there is less.
 */
export async function makeReady(file: SqliteFile, slots: Slots, wanted: number): Promise<boolean> {
  for (;;) {
    // Counted inside, where what another process did is seen.
    const { isStale, isReady } = slots.read(() => ({
      isStale: slots.isStale(),
      isReady: slots.countReady() >= wanted,
    }))
    // Also where there is room without it: what comes next could not lie where something is stale, what comes later could.
    if (isStale) await wipeStale(slots)
    else if (isReady) return true
    else if (!(await slots.write(() => slots.grow(wanted, roomFor(file, slots))))) return false
  }
}

/**
 * Lays noise over everything that was forgotten; durable when it resolves. It always costs one commit at least.
 *
 * @param likely - see `Slots.wipe`.
 */
export async function wipeStale(slots: Slots, likely = 0): Promise<void> {
  while (await slots.write(() => slots.wipe(likely)));
}
