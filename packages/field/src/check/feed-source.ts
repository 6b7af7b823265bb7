import { toHex } from "@govah/core/bytes"
import { FeedError, type ListedPart, MAX_HEAD_BYTES, type WholeFeed } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { type Road, RoadError } from "../road/index.ts"
import { refusal } from "../send/bundle-answer.ts"

/** Where a desk's feed comes from: a relay, or a file that somebody carried. What it gives is attacker-controlled. */
export interface FeedSource {
  /** The newest head, or null where there is none of this desk. */
  newest(): Promise<Uint8Array | null>
  /** The head of one number, or null where it is not here. */
  number(number: number): Promise<Uint8Array | null>
  /** A part, whose hash is the listed one; null where it is not here. @throws FeedError `bad-part`. */
  part(part: ListedPart): Promise<Uint8Array | null>
}

/**
 * A relay, asked in whole parts by their names.
 *
 * @param feed - the address of the desk's feed there.
 * @throws RoadError from every method.
 */
export function relaySource(feed: string, road: Road, primitives: Primitives): FeedSource {
  const get = async (path: string, maxBytes: number): Promise<Uint8Array | null> => {
    const answer = await road.get(`${feed}/${path}`, maxBytes)
    if (answer.status === 404) return null
    if (answer.status !== 200) throw refusal(answer)
    return answer.body
  }
  return {
    newest: () => get("head", MAX_HEAD_BYTES),
    number: (number) => get(String(number), MAX_HEAD_BYTES),
    part: async ({ sha256, bytes }) => {
      const body = await get(`part/${sha256}`, bytes)
      if (body !== null && toHex(await primitives.sha256(body)) !== sha256) {
        throw new FeedError("bad-part", `a part of ${bytes} bytes is not the one that the head lists`)
      }
      return body
    },
  }
}

/** A number of a feed in one file: it holds no other. */
export function fileSource({ headBytes, partsByHash }: WholeFeed): FeedSource {
  return {
    newest: async () => headBytes,
    number: async () => null,
    part: async ({ sha256 }) => partsByHash.get(sha256) ?? null,
  }
}

/** @throws RoadError for a part that a relay's own newest head lists and the relay does not give. */
export function requirePart(part: Uint8Array | null): Uint8Array {
  if (part === null) throw new RoadError("bad-answer", "the relay does not give what its feed lists")
  return part
}
