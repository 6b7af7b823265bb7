import type { Drawer, DrawerFile } from "../store/index.ts"
import type { BoxAnswer, BoxCall } from "./box-wire.ts"

/**
 * A box in another thread as a drawer. Nothing in it is durable: it lasts as long as the page, and longer only where a
 * person saves it.
 *
 * @param call - asks the box. Calls are answered in their order.
 */
export function boxDrawer(call: (asked: BoxCall) => Promise<BoxAnswer>): Drawer {
  const open = new Map<string, Promise<void>>()
  let users = 0

  function file(name: string, letGo: () => void): DrawerFile {
    return {
      size: async () => (await call({ act: "size", name })) as number,
      read: async (at, length) => (await call({ act: "read", name, at, length })) as Uint8Array,
      // A copy: the memory is the caller's again when this returns.
      write: async (at, bytes) => void (await call({ act: "write", name, at, bytes: bytes.slice() })),
      truncate: async (length) => void (await call({ act: "truncate", name, length })),
      flush: async () => undefined,
      close: async () => letGo(),
    }
  }
  return {
    names: async () => (await call({ act: "names" })) as readonly string[],
    open: async (name, create) => {
      // As on a disk: whoever opens what is open waits.
      const before = open.get(name)
      let letGo = (): void => undefined
      const mine = new Promise<void>((resolve) => (letGo = resolve))
      const all = (before ?? Promise.resolve()).then(() => mine)
      open.set(name, all)
      await before
      const end = (): void => {
        letGo()
        if (open.get(name) === all) open.delete(name)
      }
      if ((await call({ act: "open", name, create })) === true) return file(name, end)
      end()
      return null
    },
    remove: async (name) => void (await call({ act: "remove", name })),
    inUse: async (work) => {
      users++
      try {
        return await work()
      } finally {
        users--
      }
    },
    ifIdle: async (work) => {
      if (users === 0) await work()
    },
  }
}
