import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readdir, readFile, stat } from "node:fs/promises"
import { join, resolve, sep } from "node:path"

/** Largest file of the log, list or data that is read whole; larger ones are hashed as a stream. */
const MAX_READ_BYTES = 64 * 1024 * 1024

/** A folder under examination: hostile, and only read. */
export interface Folder {
  /** Paths of all that is not a folder, sorted, with `/`. */
  readonly paths: readonly string[]
  /** Of these, what is not a plain file (a link, a device): never followed. */
  readonly strange: ReadonlySet<string>
  /** Bytes of a plain file, or null where there is none or it is too large to be what it should be. */
  read(path: string): Promise<Uint8Array | null>
  /** SHA-256 in hex and length of a plain file, or null where there is none. */
  digest(path: string): Promise<{ readonly sha256: string; readonly bytes: number } | null>
}

/** Opens a folder for examination. @throws what the disk says where it cannot be listed. */
export async function openFolder(directory: string): Promise<Folder> {
  const root = resolve(directory)
  const plain = new Set<string>()
  const strange = new Set<string>()
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const path = join(entry.parentPath, entry.name).slice(join(root, sep).length).split(sep).join("/")
    ;(entry.isFile() ? plain : strange).add(path)
  }
  return {
    paths: [...plain, ...strange].sort(),
    strange,
    read: async (path) => {
      if (!plain.has(path) || (await stat(join(root, path))).size > MAX_READ_BYTES) return null
      return new Uint8Array(await readFile(join(root, path)))
    },
    digest: async (path) => {
      if (!plain.has(path)) return null
      const hash = createHash("sha256")
      let bytes = 0
      for await (const chunk of createReadStream(join(root, path)) as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
      }
      return { sha256: hash.digest("hex"), bytes }
    },
  }
}
