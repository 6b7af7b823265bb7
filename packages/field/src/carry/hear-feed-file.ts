import { FeedError, openWholeFeed } from "@govah/core/feed"
import {
  fileSource,
  followFeed,
  type FollowPorts,
  keepProof,
  readFeedMemory,
  readHead,
} from "../check/index.ts"

/** What a file of the feed that came by hand was worth. */
export interface HeardFile {
  /**
   * `heard`: newer than anything before, or the same. `behind`: older; no harm, and nobody is accused: sticks are slow.
   * `other`: another desk's, or no file of a feed. `refused`: it cannot be true together with one that was accepted before.
   */
  readonly state: "heard" | "behind" | "other" | "refused"
  /** Ids of the parcels that have now arrived. */
  readonly arrived: readonly string[]
  /** Names of the files kept as proof where it is `refused`. */
  readonly proof: readonly string[]
}

/**
 * Reads a number of the feed that somebody carried whole, and takes everything that a relay would have given. The
 * signature is all that counts: who brought it does not.
 *
 * @param received - attacker-controlled.
 * @param desk - the verify key of the unit's own desk.
 */
export async function hearFeedFile(
  received: Uint8Array,
  desk: string,
  ports: FollowPorts,
): Promise<HeardFile> {
  const { drawer, primitives } = ports
  try {
    const whole = await openWholeFeed(received, primitives)
    if (whole.head.desk !== desk) return nothing("other")
    try {
      const { arrived } = await followFeed(fileSource(whole), desk, ports)
      return { state: "heard", arrived, proof: [] }
    } catch (error) {
      if (!(error instanceof FeedError)) throw error
      if (error.code === "rollback") return nothing("behind")
      if (error.code !== "split") return nothing("other")
      const { head } = await readFeedMemory(drawer)
      const accepted = head === null ? null : await readHead(drawer, head)
      const proof = await keepProof(drawer, accepted, whole.headBytes, primitives)
      return { state: "refused", arrived: [], proof }
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return nothing("other")
  }
}

function nothing(state: HeardFile["state"]): HeardFile {
  return { state, arrived: [], proof: [] }
}
