import type { DatabaseSync } from "node:sqlite"

/** How long SQLite itself waits for another process, in milliseconds. Nothing else runs here meanwhile. */
export const BUSY_MS = 5_000

/**
 * Takes turns with other processes. Whoever writes holds the lock while its disk works; to wait for that inside SQLite
 * would stop everybody here, and one that writes without a pause would never let another in.
 *
 * @returns begins a write transaction. It rejects with SQLite's error where another process held the lock all the time.
 */
export function shareWriteLock(db: DatabaseSync): () => Promise<void> {
  const version = db.prepare("PRAGMA data_version")
  let seen: unknown = null
  return async () => {
    const now = version.get()?.["data_version"]
    // Somebody else has written since: whoever is waiting asks at least once in this time.
    if (seen !== null && seen !== now) await pass(2 * ASK_MS + 1)
    seen = now
    for (let asked = 0; !tryToBegin(db, asked); asked++) await pass(ASK_MS)
  }
}

function tryToBegin(db: DatabaseSync, asked: number): boolean {
  db.exec("PRAGMA busy_timeout = 0")
  try {
    db.exec("BEGIN IMMEDIATE")
    return true
  } catch (error) {
    const isBusy = ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
    if (!isBusy || asked * ASK_MS > LONGEST_WAIT_MS) throw error
    return false
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`)
  }
}

// Who waits for it must be kept running.
function pass(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

const SQLITE_BUSY = 5
const ASK_MS = 2
const LONGEST_WAIT_MS = 15_000
