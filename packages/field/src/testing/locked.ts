import { concatBytes, equalBytes } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { type Drawer, type LockedDrawer, lockedDrawer } from "../store/index.ts"

/** A drawer under a key that every test knows: as a place is after it was unlocked. */
export function locked(drawer: Drawer, primitives: Primitives): LockedDrawer {
  return lockedDrawer(drawer, new Uint8Array(32).fill(7), primitives)
}

/**
 * A drawer whose seals hide nothing, and names that say what they are called after: what a search must find something in,
 * so that finding nothing elsewhere means something.
 */
export function bare(drawer: Drawer, { sha256 }: Primitives): LockedDrawer {
  const nonce = new Uint8Array(12)
  const tag = async (bytes: Uint8Array): Promise<Uint8Array> => (await sha256(bytes)).subarray(0, 16)
  const seals = {
    seal: async (_: string, plaintext: Uint8Array) => concatBytes(nonce, plaintext, await tag(plaintext)),
    open: async (_: string, sealed: Uint8Array) => {
      const plaintext = sealed.slice(12, -16)
      return equalBytes(sealed.subarray(-16), await tag(plaintext)) ? plaintext : null
    },
  }
  return {
    ...drawer,
    open: async (name, create) => {
      const file = await drawer.open(name, create)
      return file === null ? null : { ...file, seals }
    },
    hiddenName: (kind, of) => `${kind}-${of}`,
    stillOurs: async () => undefined,
  }
}
