import { existsSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

/**
 * Notes in a store that the process which had it open ended without closing it: its log is there, and nobody uses it. Must
 * be the first to open it, since whoever closes it in order takes the log away.
 *
 * @param path - of the SQLite file; what is no store, or none yet, is left alone.
 */
export function noteCrash(path: string): void {
  if (!existsSync(`${path}-wal`) || !existsSync(path)) return
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    // Refused where another process has it open.
    db.exec("PRAGMA locking_mode = EXCLUSIVE; UPDATE listing SET torn = 1")
  } catch {
    // Then that one goes on, and has left nothing.
  } finally {
    db.close()
  }
}
