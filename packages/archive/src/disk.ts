import { writeFileSync } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"

/** The writing that a build does. A port, so that a test can fail or kill it at any call. */
export interface ArchiveDisk {
  /** Makes a folder and those above it. */
  makeFolder(path: string): Promise<void>
  /** Writes a new file, durable only after {@link sync}. Refuses a file that exists. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>
  /** Makes a file's bytes, or the names in a folder, durable. */
  sync(path: string): Promise<void>
  /** Renames a folder. Atomic. */
  rename(from: string, to: string): Promise<void>
  /** Removes a folder and all in it; fine where there is none. */
  remove(path: string): Promise<void>
}

/** The disk of this machine. */
export const nodeDisk: ArchiveDisk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  writeFile: async (path, bytes) => writeFileSync(path, bytes, { flag: "wx", mode: 0o644 }),
  sync: async (path) => {
    const file = await open(path, "r")
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
}
