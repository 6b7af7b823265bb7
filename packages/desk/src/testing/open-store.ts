import { nodePrimitives } from "@govah/node"
import { readLock, storePath } from "../folder/folder.ts"
import { unlockKey } from "../folder/lock.ts"
import { openStore, type Store } from "../store/store.ts"
import { PASSPHRASE } from "./folder.ts"

/** The store of a test desk, for a test that does to it what an insider with the passphrase could. */
export async function openTestStore(folder: string): Promise<Store> {
  const key = await unlockKey(await readLock(folder), PASSPHRASE, nodePrimitives)
  return openStore(storePath(folder), key)
}
