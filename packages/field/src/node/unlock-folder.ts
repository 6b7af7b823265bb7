import { nodePrimitives } from "@govah/node"
import { type Lock, lockOf } from "../lock/index.ts"
import type { LockedDrawer } from "../store/index.ts"
import { folderDrawer } from "./folder-drawer.ts"
import { nodeStretch } from "./node-stretch.ts"

/** The lock of a folder, which is created where it is missing. */
export async function folderLockOf(directory: string): Promise<Lock> {
  return lockOf(await folderDrawer(directory), nodeStretch, nodePrimitives)
}

/**
 * Opens a folder with its passphrase, or with none where its key lies in it. A new folder without one gets such a key.
 *
 * @param passphrase - as typed, or null.
 * @throws LockError `wrong`, `none`, `there-is-one` where a passphrase is needed, `damaged`.
 */
export async function unlockFolder(directory: string, passphrase: string | null): Promise<LockedDrawer> {
  const lock = await folderLockOf(directory)
  return passphrase === null ? await lock.openWithout() : await lock.unlock(passphrase)
}
