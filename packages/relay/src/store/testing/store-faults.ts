import type { RelayStore } from "../port.ts"
import { makeWorld, type TestWorld } from "./store-bed.ts"
import { findFaults, playScript, storeScript } from "./store-script.ts"

/** A place where a store's calls to what keeps it can be made to fail. */
export interface FaultyBed {
  /** Opens the store so that its n-th call fails, before it really happens. `store` is null where opening failed. */
  openFailingAt(n: number): { readonly store: RelayStore | null; fired(): boolean }
  /** Opens what is left, whole. */
  reopen(): RelayStore
}

/**
 * The fault loop: call 1 fails, then call 2, … until nothing is left to fail.
 *
 * @param every - 1 tries each call; a larger one, each so-many-th, for a quick run.
 * @returns what was lost or half kept, and how many calls were tried.
 */
export async function failEachCall(
  makeBed: (world: TestWorld) => FaultyBed,
  every: number,
): Promise<{ readonly faults: readonly string[]; readonly tried: number }> {
  const faults: string[] = []
  for (let n = 1, tried = 1; ; n += every, tried++) {
    const world = makeWorld()
    const bed = makeBed(world)
    const { store, fired } = bed.openFailingAt(n)
    const told = new Set<string>()
    if (store !== null) {
      await playScript(store, world, (step) => told.add(step))
      await store.close().catch(() => undefined)
    }
    const left = bed.reopen()
    faults.push(...(await findFaults(left, told)).map((fault) => `call ${n}: ${fault}`))
    await left.close()
    if (fired()) continue
    if (told.size < storeScript.length) faults.push("a step failed although no call did")
    return { faults, tried }
  }
}
