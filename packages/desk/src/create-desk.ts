import { DeskError } from "./desk-error.ts"
import type { Desk, DeskDeps } from "./desk.ts"
import { createFolder, readLock, storePath } from "./folder/folder.ts"
import { GUESS_COST, type GuessCost, lockKey, unlockKey } from "./folder/lock.ts"
import { currentTerms } from "./identity/intake-terms.ts"
import { makeSecrets } from "./identity/secrets.ts"
import { openStore } from "./store/store.ts"
import { unlockDesk } from "./unlocked-desk.ts"

/** Longest name of a desk, as its card holds it. */
const MAX_NAME_LENGTH = 80

/**
 * Makes a desk in a new or empty folder, and opens it. A process killed on the way leaves no half a desk.
 *
 * @param wish.passphrase - at least `MIN_PASSPHRASE_LENGTH` characters. Nobody can recover it.
 * @throws DeskError `weak-passphrase`, `bad-name`, `desk-exists`, `not-empty`.
 */
export async function createDesk(
  folder: string,
  wish: { readonly name: string; readonly passphrase: string },
  deps: DeskDeps,
): Promise<Desk> {
  return await createDeskLocked(folder, wish, GUESS_COST, deps)
}

/** As `createDesk`, with a lock of a chosen cost. No door of this room but the one for tests leads here. */
export async function createDeskLocked(
  folder: string,
  wish: { readonly name: string; readonly passphrase: string },
  cost: GuessCost,
  deps: DeskDeps,
): Promise<Desk> {
  const name = wish.name.normalize("NFC").trim()
  if (name === "" || name.length > MAX_NAME_LENGTH || !name.isWellFormed()) {
    throw new DeskError("bad-name", `a desk's name has 1 to ${MAX_NAME_LENGTH} characters`)
  }
  const key = deps.primitives.random(32)
  const lock = await lockKey(key, wish.passphrase, cost, deps.primitives)
  await createFolder(folder, lock, async (made) => {
    const store = openStore(storePath(made), key.slice())
    try {
      store.transact(() => makeSecrets(store, name, deps.primitives))
      await currentTerms(store, deps)
    } finally {
      store.close()
    }
  })
  return await unlock(folder, key, deps)
}

/**
 * Unlocks a desk.
 *
 * @throws DeskError `no-desk`, `wrong-passphrase`, `damaged`.
 */
export async function openDesk(folder: string, passphrase: string, deps: DeskDeps): Promise<Desk> {
  const lock = await readLock(folder)
  return await unlock(folder, await unlockKey(lock, passphrase, deps.primitives), deps)
}

// @param key - wiped.
async function unlock(folder: string, key: Uint8Array, deps: DeskDeps): Promise<Desk> {
  const store = openStore(storePath(folder), key)
  try {
    return await unlockDesk(store, deps)
  } catch (error) {
    store.close()
    throw error
  }
}
