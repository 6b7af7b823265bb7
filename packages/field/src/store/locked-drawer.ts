import { hiddenName, openPart, partKey, sealPart } from "@govah/core/lock"
import type { Primitives } from "@govah/core/primitives"
import type { Drawer, DrawerFile } from "./drawer.ts"

/** Seals and opens the parts of one file; what is sealed opens in this file and as this part alone. */
export interface Seals {
  /** @returns `SEAL_BYTES` more than `plaintext`. */
  seal(part: string, plaintext: Uint8Array): Promise<Uint8Array>
  /** @returns null for whatever was not sealed here as this part: never written, torn, rotted, put in its place. */
  open(part: string, sealed: Uint8Array): Promise<Uint8Array | null>
}

/** A file that knows how its parts are sealed. Reading and writing themselves do not seal: cells lie as they are sent. */
export interface LockedFile extends DrawerFile {
  readonly seals: Seals
}

/** A drawer and the key that everything but cells lies sealed under. */
export interface LockedDrawer extends Drawer {
  open(name: string, create: boolean): Promise<LockedFile | null>
  /** A name for a file that is called after something known to others, such as the hash of a bulletin. */
  hiddenName(kind: string, of: string): string
  /** Throws where what was open here is gone: wiped, or thrown away by the browser. */
  stillOurs(): Promise<void>
}

/**
 * Joins a drawer with its key.
 *
 * @param key - 32 B, from the lock.
 * @param stillOurs - asked before a file may be made: throws where the lock was wiped meanwhile, in another tab or process.
 */
export function lockedDrawer(
  drawer: Drawer,
  key: Uint8Array,
  primitives: Primitives,
  stillOurs: () => Promise<void> = async () => undefined,
): LockedDrawer {
  return {
    names: () => drawer.names(),
    remove: (name) => drawer.remove(name),
    inUse: (work) => drawer.inUse(work),
    ifIdle: (work) => drawer.ifIdle(work),
    open: async (name, create) => {
      if (create) await stillOurs()
      const file = await drawer.open(name, create)
      return file === null ? null : { ...file, seals: sealsOf(key, name, primitives) }
    },
    hiddenName: (kind, of) => hiddenName(key, kind, of),
    stillOurs,
  }
}

function sealsOf(vaultKey: Uint8Array, name: string, primitives: Primitives): Seals {
  const keys = new Map<string, Uint8Array>()
  const keyOf = (part: string): Uint8Array => {
    const known = keys.get(part)
    if (known !== undefined) return known
    const key = partKey(vaultKey, name, part)
    keys.set(part, key)
    return key
  }
  return {
    seal: (part, plaintext) => sealPart(keyOf(part), plaintext, primitives),
    open: (part, sealed) => openPart(keyOf(part), sealed, primitives),
  }
}
