import { statfsSync, statSync } from "node:fs"
import { dirname } from "node:path"

/** Says how many bytes the disk of a folder has left. */
export type AskDisk = (folder: string) => number

export const askDisk: AskDisk = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/**
 * What the disk of a store has left for it, but for what the write-ahead log may need: without that, a store that has
 * filled its disk could not even forget or expire.
 */
export function diskLeftFor(path: string, ask: AskDisk): number {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  return Math.max(0, ask(dirname(path)) - Math.max(0, LOG_BYTES - log))
}

// SQLite empties the log at 1,000 pages; the largest transaction, which moves 512 cells, writes some 1,600 more.
const LOG_BYTES = 16_777_216
