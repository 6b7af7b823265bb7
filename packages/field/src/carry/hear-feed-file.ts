import { acceptFeedFile, FeedError, openFeedFile, receiptSetHas, receiptTag } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { keepFeedBytes, keepProof, readFeedMemory, writeFeedMemory } from "../check/feed-memory.ts"
import type { Outbox } from "../outbox/index.ts"
import type { Drawer } from "../store/index.ts"

/** What a feed file that came by hand was worth. */
export interface HeardFile {
  /**
   * `heard`: newer than anything before, or the same. `behind`: older; no harm, and nobody is accused: sticks are slow.
   * `other`: another desk's, or no feed file. `refused`: it cannot be true together with one that was accepted before.
   */
  readonly state: "heard" | "behind" | "other" | "refused"
  /** Ids of the parcels that have now arrived. */
  readonly arrived: readonly string[]
  /** Names of the files kept as proof where it is `refused`. */
  readonly proof: readonly string[]
}

/**
 * Reads a feed file that somebody carried, and settles the parcels whose receipts it holds. The signature is all that
 * counts: who brought it does not.
 *
 * @param received - attacker-controlled.
 * @param desk - the verify key of the unit's own desk.
 */
export async function hearFeedFile(
  received: Uint8Array,
  desk: string,
  { drawer, outbox, primitives }: { drawer: Drawer; outbox: Outbox; primitives: Primitives },
): Promise<HeardFile> {
  const memory = await readFeedMemory(drawer, primitives)
  try {
    if ((await openFeedFile(received, primitives)).desk !== desk) return nothing("other")
    const { file, head } = await acceptFeedFile(received, desk, memory.head, primitives)
    await keepFeedBytes(drawer, head.hash, received, memory.head?.hash ?? null)
    await writeFeedMemory(drawer, { ...memory, head, day: file.day }, primitives)
    const { receipts } = file
    const arrived = await outbox.settle((secret) => receiptSetHas(receipts, receiptTag(secret, "arrived")))
    return { state: "heard", arrived, proof: [] }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    if (error.code === "rollback") return nothing("behind")
    if (error.code !== "split") return nothing("other")
    return {
      state: "refused",
      arrived: [],
      proof: await keepProof(drawer, memory.head, received, primitives),
    }
  }
}

function nothing(state: HeardFile["state"]): HeardFile {
  return { state, arrived: [], proof: [] }
}
