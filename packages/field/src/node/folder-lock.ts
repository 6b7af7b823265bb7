import { DatabaseSync } from "node:sqlite"

/**
 * Counts who is using a folder, across processes, by the locks that SQLite takes on an empty file. The system drops
 * them with the process that holds them, so that a killed one leaves nothing behind: a lock file would.
 */
export interface FolderLock {
  /** Shared by any number. @returns what lets go. */
  share(): () => void
  /** @returns what lets go, or null where anyone shares the folder. */
  tryAlone(): (() => void) | null
}

/** @param file - path of the lock's file, which stays empty; created readable by its owner alone by the caller's umask. */
export function folderLock(file: string): FolderLock {
  const take = (sql: string): (() => void) => {
    const database = new DatabaseSync(file, { timeout: 0 })
    try {
      database.exec(sql)
    } catch (error) {
      database.close()
      throw error
    }
    return () => database.close()
  }
  return {
    share: () => take("BEGIN; SELECT count(*) FROM sqlite_schema"),
    tryAlone: () => {
      try {
        return take("BEGIN EXCLUSIVE")
      } catch (error) {
        if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null
        throw error
      }
    },
  }
}

const SQLITE_BUSY = 5
