import type { LockState } from "../engine/lock-keeper.ts"
import { LOCK_FILE } from "../lock/lock-file.ts"

/**
 * What the names of the files say before the engine runs, so that a slow phone shows what to do first: whoever types four words
 * gives it the time. Null where they do not say it.
 */
export async function glanceAtLock(): Promise<LockState | null> {
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    let isEmpty = true
    for await (const name of folder.keys()) {
      if (name === LOCK_FILE) return "locked"
      isEmpty = false
    }
    return isEmpty ? "none" : null
  } catch (error) {
    return error instanceof DOMException && error.name === "NotFoundError" ? "none" : null
  }
}
