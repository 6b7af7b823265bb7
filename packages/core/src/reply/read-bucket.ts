import { toHex } from "../bytes/index.ts"
import { REPLY_SLOT_BYTES } from "../feed/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { nextChain, REPLY_TAG_BYTES, replyTag } from "./reply-chain.ts"
import { ReplyError } from "./reply-error.ts"
import { openReply } from "./reply-slot.ts"

/** How far a reader looks ahead in a chain: so many replies may have been missed in between. */
export const CHAIN_LOOKAHEAD = 16

/** What was found in a bucket. */
export interface BucketReading {
  /** In the order of the chains, and within one in that of its replies. */
  readonly replies: readonly string[]
  /** Slots that had a tag of ours and could not be read. */
  readonly broken: number
  /**
   * The chains, in the same order, each moved past what was read. Whoever keeps these and drops those from before can no
   * longer read what was read, nor what was missed before it.
   */
  readonly chains: readonly Uint8Array[]
}

/**
 * Looks for replies to several parcels in a bucket. The time depends on the number of slots and chains, and a little on
 * what is found.
 *
 * @param bucket - attacker-controlled.
 * @param chains - 32 B each; random ones find nothing.
 * @param lookahead - replies that may have been missed in between, in each chain.
 */
export async function readBucket(
  bucket: Uint8Array,
  chains: readonly Uint8Array[],
  primitives: Pick<Primitives, "aeadOpen">,
  lookahead: number = CHAIN_LOOKAHEAD,
): Promise<BucketReading> {
  const slotsByTag = new Map<string, Uint8Array>()
  for (let at = 0; at + REPLY_SLOT_BYTES <= bucket.length; at += REPLY_SLOT_BYTES) {
    const slot = bucket.subarray(at, at + REPLY_SLOT_BYTES)
    slotsByTag.set(toHex(slot.subarray(0, REPLY_TAG_BYTES)), slot)
  }
  const replies: string[] = []
  let broken = 0
  const moved: Uint8Array[] = []
  for (const chain of chains) {
    let kept = chain
    let at = chain
    for (let ahead = 0; ahead < lookahead; ahead++) {
      const slot = slotsByTag.get(toHex(replyTag(at)))
      const next = nextChain(at)
      if (slot !== undefined) {
        try {
          replies.push((await openReply(at, slot, primitives)) as string)
        } catch (error) {
          if (!(error instanceof ReplyError)) throw error
          broken++
        }
        kept = next
        ahead = -1
      }
      at = next
    }
    moved.push(kept)
  }
  return { replies, broken, chains: moved }
}
