import { fromBase64Url, fromHex } from "@govah/core/bytes"
import { FeedError, openWholeFeed, type WholeFeed } from "@govah/core/feed"
import { verified } from "../routes/put-feed.ts"
import type { RelayStore } from "../store/port.ts"

/** What became of numbers of feeds that somebody carried. */
export interface TakenFeeds {
  /** Numbers that this relay now serves, or served before. */
  readonly kept: number
  /** Older ones than it has: they are not needed. */
  readonly older: number
  /** No whole number, of no desk that is admitted here, or one that contradicts what is here. */
  readonly refused: number
}

/**
 * Puts carried numbers where those belong that a desk would have put itself, in their order.
 *
 * @param files - attacker-controlled; the signature under an admitted desk's key is the authority.
 * @throws RelayError `full`.
 */
export async function takeFeeds(store: RelayStore, files: readonly Uint8Array[]): Promise<TakenFeeds> {
  const opened: WholeFeed[] = []
  for (const bytes of files) {
    try {
      opened.push(await openWholeFeed(bytes, store.deps.primitives))
    } catch (error) {
      if (!(error instanceof FeedError)) throw error
    }
  }
  opened.sort((a, b) => a.head.number - b.head.number)
  let kept = 0
  let older = 0
  for (const whole of opened) {
    const outcome = await takeFeed(store, whole)
    if (outcome === "kept") kept++
    else if (outcome === "rollback") older++
  }
  return { kept, older, refused: files.length - kept - older }
}

async function takeFeed(
  store: RelayStore,
  { head, headBytes, partsByHash }: WholeFeed,
): Promise<"kept" | "rollback" | "split" | "not-admitted"> {
  const deskKey = fromBase64Url(head.desk)
  if (deskKey === null || !(await store.admissions.isDesk(deskKey, store.today()))) return "not-admitted"
  const named = await verified(head, headBytes, { store })
  const outcome = await store.feeds.outcome(named)
  if (outcome !== "kept") return outcome
  await store.feeds.putParts(
    [...partsByHash].map(([sha256, bytes]) => ({ hash: fromHex(sha256) as Uint8Array, bytes })),
  )
  return await store.feeds.put(named)
}
