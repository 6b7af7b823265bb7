import { nodePrimitives } from "@govah/node"
import { createDeskLocked } from "../create-desk.ts"
import type { Desk, DeskDeps } from "../desk.ts"

/**
 * A desk as `createDesk` makes it, but for a lock at the least cost that a reader takes: the one that people get costs half
 * a second of a processor each time it is opened, and tests open hundreds. What a real lock costs is tested with `lock.ts`
 * and `createDesk`.
 */
export async function createCheapDesk(
  folder: string,
  wish: { readonly name: string; readonly passphrase: string },
  deps: DeskDeps,
): Promise<Desk> {
  return await createDeskLocked(folder, wish, { memoryKib: 8_192, passes: 1 }, deps)
}

/** Makes such a desk and closes it, for commands to open. @returns its verify key. */
export async function leaveCheapDesk(
  folder: string,
  wish: { readonly name: string; readonly passphrase: string },
): Promise<string> {
  const desk = await createCheapDesk(folder, wish, { now: () => new Date(), primitives: nodePrimitives })
  desk.close()
  return desk.key
}
