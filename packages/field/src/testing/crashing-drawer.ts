import type { Drawer, DrawerFile } from "../store/index.ts"

/** What a call to a failing disk throws. */
export class Crash extends Error {}

/** A disk with a cache that loses power: what was not flushed is then kept, lost or torn, as chance has it. */
export interface CrashingDrawer extends Drawer {
  /** Calls that reached the disk so far. */
  readonly calls: number
  /** The disk as it is found after the power cut. @param chance - numbers from 0 to 1. */
  afterCrash(chance: () => number): CrashingDrawer
}

interface Inode {
  durable: Uint8Array
  cached: Uint8Array
  pending: ({ at: number; bytes: Uint8Array } | { length: number })[]
}

/**
 * @param failAt - the call that fails, counted from 1, and every one after it where `forGood`; 0 for none. A write
 *   that fails has written its first half.
 */
export function crashingDrawer(
  failAt: number,
  forGood: boolean,
  durable: ReadonlyMap<string, Uint8Array> = new Map(),
): CrashingDrawer {
  let calls = 0
  let users = 0
  const inodes = new Map<string, Inode>()
  const durableNames = new Map<string, Inode>()
  for (const [name, bytes] of durable) {
    const inode = { durable: bytes.slice(), cached: bytes.slice(), pending: [] }
    inodes.set(name, inode)
    durableNames.set(name, inode)
  }

  function step(half?: () => void): void {
    calls++
    if (calls === failAt || (forGood && failAt > 0 && calls > failAt)) {
      if (calls === failAt) half?.()
      throw new Crash(`call ${calls} fails`)
    }
  }
  function change(inode: Inode, edit: Inode["pending"][number]): void {
    inode.pending.push(edit)
    inode.cached = applied(inode.cached, edit)
  }
  function file(name: string, inode: Inode): DrawerFile {
    return {
      size: async () => inode.cached.length,
      read: async (at, length) => inode.cached.slice(at, at + length),
      write: async (at, bytes) => {
        step(() => change(inode, { at, bytes: bytes.slice(0, bytes.length >> 1) }))
        change(inode, { at, bytes: bytes.slice() })
      },
      truncate: async (length) => {
        step()
        change(inode, { length })
      },
      flush: async () => {
        step()
        inode.durable = inode.cached.slice()
        inode.pending = []
        if (inodes.get(name) === inode) durableNames.set(name, inode)
      },
      close: async () => undefined,
    }
  }

  return {
    get calls(): number {
      return calls
    },
    names: async () => [...inodes.keys()],
    open: async (name, create) => {
      const found = inodes.get(name)
      if (found !== undefined) return file(name, found)
      if (!create) return null
      step()
      const made: Inode = { durable: new Uint8Array(0), cached: new Uint8Array(0), pending: [] }
      inodes.set(name, made)
      return file(name, made)
    },
    remove: async (name) => {
      step()
      inodes.delete(name)
      durableNames.delete(name)
    },
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
    afterCrash: (chance) => {
      const found = new Map<string, Uint8Array>()
      const named = new Map([...inodes, ...durableNames])
      for (const [name, inode] of named) {
        // A name that was never flushed may or may not be there.
        if (!durableNames.has(name) && chance() < 0.5) continue
        let bytes = inode.durable
        for (const edit of inode.pending) {
          const luck = chance()
          if (luck < 0.34) bytes = applied(bytes, edit)
          else if (luck < 0.67 && "bytes" in edit) {
            bytes = applied(bytes, { at: edit.at, bytes: edit.bytes.slice(0, edit.bytes.length * chance()) })
          }
        }
        found.set(name, bytes)
      }
      return crashingDrawer(0, false, found)
    },
  }
}

function applied(bytes: Uint8Array, edit: Inode["pending"][number]): Uint8Array {
  if ("length" in edit) {
    const cut = new Uint8Array(edit.length)
    cut.set(bytes.subarray(0, edit.length))
    return cut
  }
  const grown = new Uint8Array(Math.max(bytes.length, edit.at + edit.bytes.length))
  grown.set(bytes)
  grown.set(edit.bytes, edit.at)
  return grown
}
