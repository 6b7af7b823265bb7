import type { Stretch } from "@govah/core/lock"
import {
  normalisePassphrase,
  type PassphraseLanguage,
  passphraseWords,
  proposePassphrase,
  wordsFor,
} from "@govah/core/passphrase"
import type { Primitives } from "@govah/core/primitives"
import { type Lock, LockError, lockOf } from "../lock/index.ts"
import type { Drawer, LockedDrawer } from "../store/index.ts"

/** How this place is locked, as the page shows it. `none`: nothing is kept here yet, and no passphrase is set. */
export type LockState = "none" | "locked" | "open" | "damaged"

/** The one that holds the key, once there is a passphrase. Locking it again is ending the worker that it lives in. */
export interface LockKeeper {
  state(): Promise<LockState>
  /** Draws a passphrase of the least strength; only what was drawn here can be set. */
  propose(language: PassphraseLanguage): Promise<string>
  /** @throws LockError `weak`, `there-is-one`. */
  set(passphrase: string): Promise<void>
  /** @throws LockError `wrong`. */
  unlock(passphrase: string): Promise<void>
  /** @throws LockError `wrong`, `weak`. */
  change(passphrase: string, next: string): Promise<void>
  /** @throws LockError `wrong`, `weak`. */
  setDuress(passphrase: string, duress: string | null): Promise<void>
  wipe(): Promise<void>
}

/** @param onOpen - given the drawer when it is open; what it throws, setting or unlocking throws. */
export function lockKeeper(
  drawer: () => Promise<Drawer>,
  stretch: Stretch,
  primitives: Primitives,
  onOpen: (drawer: LockedDrawer) => Promise<void>,
): LockKeeper {
  const proposed = new Set<string>()
  let isOpen = false
  const lock = async (): Promise<Lock> => lockOf(await drawer(), stretch, primitives)
  const mustBeProposed = (passphrase: string): void => {
    if (!proposed.has(normalisePassphrase(passphrase))) {
      throw new LockError("weak", "it was not proposed here")
    }
  }
  async function open(opened: LockedDrawer): Promise<void> {
    await onOpen(opened)
    isOpen = true
  }
  return {
    state: async () => {
      if (isOpen) return "open"
      const form = await (await lock()).form()
      // Only a folder on a computer may have a lock without a passphrase.
      if (form === "open") return "damaged"
      return form === "wiped" ? "none" : form
    },
    propose: async (language) => {
      const list = await passphraseWords(language)
      const passphrase = proposePassphrase(list, wordsFor(list), primitives)
      proposed.add(normalisePassphrase(passphrase))
      return passphrase
    },
    set: async (passphrase) => {
      mustBeProposed(passphrase)
      await open(await (await lock()).create(passphrase))
    },
    unlock: async (passphrase) => await open(await (await lock()).unlock(passphrase)),
    change: async (passphrase, next) => {
      mustBeProposed(next)
      await (await lock()).change(passphrase, next)
    },
    setDuress: async (passphrase, duress) => {
      if (duress !== null) mustBeProposed(duress)
      await (await lock()).setDuress(passphrase, duress)
    },
    wipe: async () => {
      isOpen = false
      await (await lock()).wipe()
    },
  }
}
