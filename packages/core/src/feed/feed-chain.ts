import { toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { FeedError } from "./feed-error.ts"
import { type FeedHead, openFeedHead } from "./feed-head.ts"

/** What a reader remembers of a desk's feed. */
export interface KnownFeed {
  readonly number: number
  /** SHA-256 of the newest head, hex. */
  readonly hash: string
}

/** A head that follows what a reader knew. */
export interface AcceptedHead {
  readonly head: FeedHead
  readonly known: KnownFeed
}

/**
 * Accepts the next head that a reader is shown.
 *
 * The same head again is accepted (nothing changes). A gap is accepted: a phone may sleep for weeks.
 *
 * @param known - the newest head that this reader accepted before, or null at first.
 * @param desk - the desk's verify key, base64url: any other key is a `bad-signature`.
 * @throws FeedError everything that `openFeedHead` throws, and `rollback` (a lower number), `split` (another head of the
 *   same number, or one that does not follow). The caller keeps both: they are proof.
 */
export async function acceptFeedHead(
  received: Uint8Array,
  desk: string,
  known: KnownFeed | null,
  primitives: Primitives,
): Promise<AcceptedHead> {
  const head = await openFeedHead(received, primitives)
  if (head.desk !== desk) throw new FeedError("bad-signature", "this feed belongs to another desk")
  const hash = toHex(await primitives.sha256(received))
  if (known !== null) checkFollows(head, hash, known)
  return { head, known: { number: head.number, hash } }
}

/**
 * Whether a head that was verified can be true beside one that was accepted before.
 *
 * @param hash - SHA-256 of the head's bytes, hex.
 * @throws FeedError `rollback`, `split`.
 */
export function checkFollows(
  head: Pick<FeedHead, "number" | "previous">,
  hash: string,
  known: KnownFeed,
): void {
  if (head.number < known.number) {
    throw new FeedError("rollback", `feed number ${head.number} is older than ${known.number}, seen before`)
  }
  if (head.number === known.number && hash !== known.hash) {
    throw new FeedError("split", `two different heads carry feed number ${head.number}`)
  }
  if (head.number === known.number + 1 && head.previous !== known.hash) {
    throw new FeedError(
      "split",
      `feed number ${head.number} does not follow the number ${known.number} seen before`,
    )
  }
}
