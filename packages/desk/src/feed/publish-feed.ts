import { DeskError } from "../desk-error.ts"
import type { FeedDelivery } from "../desk.ts"
import { fetchFeedHead, putFeedFile } from "../relays/relay-client.ts"
import { type KnownRelay, readRelays } from "../relays/relays.ts"
import type { Room } from "../room.ts"
import { requireFeedFile } from "./receipts.ts"

/** Gives every relay the feed files that it lacks, in order. One that fails is named; the others go on. */
export async function publishFeed(
  room: Room,
  signal: AbortSignal | undefined,
): Promise<readonly FeedDelivery[]> {
  const deliveries: FeedDelivery[] = []
  for (const relay of readRelays(room.store)) deliveries.push(await deliver(room, relay, signal))
  return deliveries
}

async function deliver(
  room: Room,
  relay: KnownRelay,
  signal: AbortSignal | undefined,
): Promise<FeedDelivery> {
  const newest = room.book.state().feed?.number ?? 0
  const asking = { ways: room.deps.ways, signal }
  let number = 0
  try {
    number = await fetchFeedHead(relay, room.key, asking)
    while (number < newest) {
      await putFeedFile(relay, room.key, number + 1, requireFeedFile(room, number + 1), asking)
      number++
    }
    return { relay: relay.url, number, failed: null }
  } catch (error) {
    if (!(error instanceof DeskError) || signal?.aborted === true || error.code === "damaged") throw error
    return { relay: relay.url, number, failed: { code: error.code, message: error.message } }
  }
}
