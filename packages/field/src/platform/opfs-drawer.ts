import type { Drawer, DrawerFile } from "../store/index.ts"

/**
 * The browser's private file system as a drawer; for workers only, which alone get handles that write in place.
 *
 * Writing in place is the reason: a secret that is overwritten is gone from the file, while the browser's databases and
 * its other way of writing leave old copies on the disk. A file is open in one tab at a time; others wait for it.
 *
 * @param folder - name of the folder in the origin's file system.
 * @throws DOMException where the browser has no such file system, as some private windows have not.
 */
export async function opfsDrawer(folder: string): Promise<Drawer> {
  const root = await navigator.storage.getDirectory()
  const directory = await root.getDirectoryHandle(folder, { create: true })
  const lock = `govah-${folder}`
  // Chromium answers nothing to a handle that was collected while it was asked, and whoever waits would wait for ever.
  const asked = new Set<FileSystemFileHandle>()

  return {
    names: async () => {
      const names: string[] = []
      for await (const name of directory.keys()) names.push(name)
      return names
    },
    open: async (name, create) => {
      let handle: FileSystemFileHandle
      try {
        handle = await directory.getFileHandle(name, { create })
      } catch (error) {
        // Where it was to be made, the folder itself is gone: the browser threw it away. That is no "not there yet".
        if (!create && error instanceof DOMException && error.name === "NotFoundError") return null
        throw error
      }
      const letGo = await holdLock(`${lock}-file-${name}`)
      asked.add(handle)
      try {
        return opfsFile(await handle.createSyncAccessHandle(), letGo)
      } catch (error) {
        letGo()
        throw error
      } finally {
        asked.delete(handle)
      }
    },
    remove: async (name) => {
      for (let isLast = false; ; isLast = true) {
        try {
          return await directory.removeEntry(name)
        } catch (error) {
          const kind = error instanceof DOMException ? error.name : ""
          if (kind === "NotFoundError") return
          if (kind !== "NoModificationAllowedError" || isLast) throw error
          // Open in a worker that is just ending, or in another tab: once more when it has let go.
          await letGoOf(`${lock}-file-${name}`)
        }
      }
    },
    inUse: async (work) => await navigator.locks.request(lock, { mode: "shared" }, work),
    ifIdle: async (work) => {
      await navigator.locks.request(lock, { ifAvailable: true }, async (held) => {
        if (held !== null) await work()
      })
    },
  }
}

function opfsFile(handle: FileSystemSyncAccessHandle, letGo: () => void): DrawerFile {
  return {
    size: async () => handle.getSize(),
    read: async (at, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, handle.read(bytes, { at }))
    },
    write: async (at, bytes) => {
      // Where the quota ends, fewer bytes are written and nothing is thrown.
      const written = handle.write(bytes as Uint8Array<ArrayBuffer>, { at })
      if (written !== bytes.length)
        throw new DOMException("the browser's storage is full", "QuotaExceededError")
    },
    truncate: async (length) => handle.truncate(length),
    flush: async () => handle.flush(),
    close: async () => {
      handle.close()
      letGo()
    },
  }
}

/** Waits until nobody holds a lock, or long enough: a tab that the browser has put to sleep lets go of nothing. */
async function letGoOf(name: string): Promise<void> {
  const signal = AbortSignal.timeout(SLEEPING_MS)
  await navigator.locks.request(name, { signal }, () => undefined).catch(() => undefined)
}
const SLEEPING_MS = 500

/** Waits for a lock and holds it until the returned function is called. */
async function holdLock(name: string): Promise<() => void> {
  return await new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => new Promise<void>((letGo) => resolve(letGo)))
      .catch((error: unknown) => reject(error as Error))
  })
}
