import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { CHAIN_BYTES, startChain } from "@govah/core/reply"
import { changeValue, DamagedValue, type LockedDrawer, readValue } from "../store/index.ts"

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
  const json = await readValue(drawer, FILE).catch((error: unknown) => {
    if (error instanceof DamagedValue) return null
    throw error
  })
  return chainsIn(json, primitives)
}

/**
 * Replaces the chains by what `work` makes of them, durably; those from before are nowhere in the file when this returns.
 * One change after another, also of two tabs: a report is kept while the desk is asked, and neither may undo what the other
 * wrote.
 */
export async function changeChains(
  drawer: LockedDrawer,
  work: (chains: readonly Uint8Array[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>,
  primitives: Primitives,
): Promise<void> {
  // The file keeps two values: written once, the one before would stay and could still read what was read. Replies that can
  // no longer be read must not stop a report from being kept: what is damaged counts as none.
  await changeValue(
    drawer,
    FILE,
    async (json) => ({ chains: (await work(chainsIn(json, primitives))).map(toBase64Url), v: 1 }),
    2,
  )
}

/** Adds the chain of a parcel that is being sealed; durable when it returns. The oldest goes. @param secret - 32 B. */
export async function addChain(
  drawer: LockedDrawer,
  secret: Uint8Array,
  primitives: Primitives,
): Promise<void> {
  await changeChains(drawer, (chains) => [...chains.slice(1), startChain(secret)], primitives)
}

function chainsIn(json: Json | null, primitives: Primitives): readonly Uint8Array[] {
  const stored = (json as { readonly chains?: readonly Json[] } | null)?.chains ?? []
  const chains = stored.flatMap((text) => {
    const chain = typeof text === "string" ? fromBase64Url(text) : null
    return chain?.length === CHAIN_BYTES ? [chain] : []
  })
  while (chains.length < KEPT_CHAINS) chains.unshift(primitives.random(CHAIN_BYTES))
  return chains.slice(-KEPT_CHAINS)
}
