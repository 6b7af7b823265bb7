import { constants } from "node:fs"
import { type FileHandle, mkdir, open, readdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { Drawer, DrawerFile } from "../store/index.ts"
import { folderLock } from "./folder-lock.ts"

/** What counts who uses the folder. Not among its names, which have no dot. */
const LOCK = ".in-use"

/**
 * A folder as a drawer: created with access for its owner alone, like every file in it.
 *
 * @param directory - path; created where it is missing, its parent must exist or be creatable.
 */
export async function folderDrawer(directory: string): Promise<Drawer> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await (await open(join(directory, LOCK), constants.O_RDWR | constants.O_CREAT, 0o600)).close()
  const lock = folderLock(join(directory, LOCK))

  return {
    names: async () => (await readdir(directory)).filter((name) => /^[a-z0-9-]+$/.test(name)),
    open: async (name, create) => {
      const path = join(directory, name)
      try {
        return folderFile(await open(path, constants.O_RDWR), false, directory)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
      }
      if (!create) return null
      const made = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
      return folderFile(made, true, directory)
    },
    remove: async (name) => {
      try {
        await unlink(join(directory, name))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return
        throw error
      }
      await syncDirectory(directory)
    },
    inUse: async (work) => {
      const letGo = lock.share()
      try {
        return await work()
      } finally {
        letGo()
      }
    },
    ifIdle: async (work) => {
      const letGo = lock.tryAlone()
      if (letGo === null) return
      try {
        await work()
      } finally {
        letGo()
      }
    },
  }
}

function folderFile(handle: FileHandle, isNew: boolean, directory: string): DrawerFile {
  let nameIsDurable = !isNew
  return {
    size: async () => (await handle.stat()).size,
    read: async (at, length) => {
      const bytes = new Uint8Array(length)
      let read = 0
      while (read < length) {
        const { bytesRead } = await handle.read(bytes, read, length - read, at + read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      return bytes.subarray(0, read)
    },
    write: async (at, bytes) => {
      // A write may take less than it was given, on a disk that is nearly full.
      for (let written = 0; written < bytes.length; ) {
        const result = await handle.write(bytes, written, bytes.length - written, at + written)
        written += result.bytesWritten
      }
    },
    truncate: (length) => handle.truncate(length),
    flush: async () => {
      await handle.sync()
      if (nameIsDurable) return
      await syncDirectory(directory)
      nameIsDurable = true
    },
    close: () => handle.close(),
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
