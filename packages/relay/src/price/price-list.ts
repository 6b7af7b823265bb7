import { MAX_WORK_BITS, type Price, RELAY_NAME_BYTES } from "@govah/core/work"
import type { Capacity, RelayStore } from "../store/port.ts"

/** What posting costs, now and shortly before. */
export interface PriceList {
  /** The price as it is published now. */
  now(): Promise<Price>
  /** The least bits that still pay: those of any price published in the last {@link GRACE_MS}. */
  accepted(): Promise<number>
}

/** What a price follows. */
export interface PriceInput {
  readonly store: Pick<RelayStore, "deps" | "settings" | "today" | "capacity">
  /** Bits while there is little to do. */
  readonly restBits: number
  /** The part of the memory for bodies that is in use, 0 to 1. */
  heldShare(): number
  /** SHA-256 of each token key in force, the newest first. */
  tokenKeys(): Promise<readonly Uint8Array[]>
}

/** How long a price is taken after another was published: caches keep it for a minute, slow lines need minutes more. */
const GRACE_MS = 600_000

/** How long a price stands at least, so that it does not flicker, and is cheap to ask. */
const STANDS_MS = 1_000

/** Shares at which a price rises by a bit, each. */
const STEPS: readonly number[] = [0.5, 0.625, 0.75, 0.875, 0.95]

/** The part of the disk that is open to all. */
const OPEN_SHARE = 0.75

/** Makes the list; the relay's name is made with its store, once. Times are kept in memory alone. */
export async function createPriceList(input: PriceInput): Promise<PriceList> {
  const { store, restBits } = input
  const relay = await store.settings.ensure("name", store.deps.primitives.random(RELAY_NAME_BYTES))
  const monotoneMs = store.deps.monotoneMs ?? (() => performance.now())
  // Every price of the last minutes and when it was last published; the newest last.
  let published: { bits: number; lastMs: number }[] = []
  let checkedMs = Number.NEGATIVE_INFINITY

  async function bits(): Promise<number> {
    const nowMs = monotoneMs()
    const latest = published.at(-1)
    if (latest !== undefined && nowMs - checkedMs < STANDS_MS) {
      latest.lastMs = nowMs
      return latest.bits
    }
    checkedMs = nowMs
    const asked = priceFor(restBits, Math.max(openShare(await store.capacity()), input.heldShare()))
    // It stood until now.
    if (latest !== undefined) latest.lastMs = nowMs
    published = published.filter((one) => one.bits !== asked && nowMs - one.lastMs <= GRACE_MS)
    published.push({ bits: asked, lastMs: nowMs })
    return asked
  }

  return {
    now: async () => ({
      bits: await bits(),
      day: store.today(),
      relay,
      tokenKeys: await input.tokenKeys(),
    }),
    accepted: async () => {
      await bits()
      return Math.min(...published.map((one) => one.bits))
    },
  }
}

/** @param load - 0 to 1. */
export function priceFor(restBits: number, load: number): number {
  const steps = STEPS.filter((step) => load >= step).length
  return Math.min(MAX_WORK_BITS, restBits + steps)
}

function openShare({ usedBytes, totalBytes }: Capacity): number {
  return totalBytes === 0 ? 1 : usedBytes / (OPEN_SHARE * totalBytes)
}
