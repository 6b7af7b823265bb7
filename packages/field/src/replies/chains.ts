import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { CHAIN_BYTES, startChain } from "@govah/core/reply"
import { DamagedValue, type LockedDrawer, readValue, writeValue } from "../store/index.ts"

/**
 * How many parcels can be replied to: the last so many. Always as many chains are kept, random ones where there were
 * fewer parcels, so that the file says nothing of how many there were.
 */
export const KEPT_CHAINS = 32

const FILE = "replies"

/** The chains of the desk's replies, the newest parcel's last. They name no parcel. */
export async function readChains(
  drawer: LockedDrawer,
  primitives: Primitives,
): Promise<readonly Uint8Array[]> {
  const chains = (await readStored(drawer)).flatMap((text) => {
    const chain = typeof text === "string" ? fromBase64Url(text) : null
    return chain?.length === CHAIN_BYTES ? [chain] : []
  })
  while (chains.length < KEPT_CHAINS) chains.unshift(primitives.random(CHAIN_BYTES))
  return chains.slice(-KEPT_CHAINS)
}

/** Writes the chains, durably; those from before are nowhere in the file when this returns. */
async function writeChains(drawer: LockedDrawer, chains: readonly Uint8Array[]): Promise<void> {
  const value = { chains: chains.map(toBase64Url), v: 1 }
  // The file keeps two values: written once, the one before would stay and could still read what was read.
  await writeValue(drawer, FILE, value)
  await writeValue(drawer, FILE, value)
}

/**
 * Replaces the chains by what `work` makes of them, one change after another: a report is kept while the desk is asked,
 * and neither may undo what the other wrote.
 */
export async function changeChains(
  drawer: LockedDrawer,
  work: (chains: readonly Uint8Array[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>,
  primitives: Primitives,
): Promise<void> {
  const before = lastByDrawer.get(drawer) ?? Promise.resolve()
  const mine = before.then(async () => {
    await writeChains(drawer, await work(await readChains(drawer, primitives)))
  })
  lastByDrawer.set(
    drawer,
    mine.catch(() => undefined),
  )
  await mine
}

const lastByDrawer = new WeakMap<LockedDrawer, Promise<void>>()

/** Adds the chain of a parcel that is being sealed; durable when it returns. The oldest goes. @param secret - 32 B. */
export async function addChain(
  drawer: LockedDrawer,
  secret: Uint8Array,
  primitives: Primitives,
): Promise<void> {
  await changeChains(drawer, (chains) => [...chains.slice(1), startChain(secret)], primitives)
}

async function readStored(drawer: LockedDrawer): Promise<readonly Json[]> {
  try {
    const json = await readValue(drawer, FILE)
    return (json as { readonly chains?: readonly Json[] } | null)?.chains ?? []
  } catch (error) {
    // Replies that can no longer be read must not stop a report from being kept.
    if (!(error instanceof DamagedValue)) throw error
    return []
  }
}
