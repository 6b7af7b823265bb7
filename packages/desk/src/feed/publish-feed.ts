import { toHex } from "@govah/core/bytes"
import { DeskError } from "../desk-error.ts"
import type { FeedDelivery } from "../desk.ts"
import { fetchFeedHead, putFeedFile } from "../relays/relay-client.ts"
import { type KnownRelay, readRelays } from "../relays/relays.ts"
import type { Room } from "../room.ts"
import { oldestNumber, readFeedFile, requireHead } from "./feed-store.ts"

/** Gives every relay the numbers that it lacks, in order. One that fails is named; the others go on. */
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
    const there = await fetchFeedHead(relay, room.key, asking, room.deps.primitives)
    if (there !== null) {
      await refuseOtherHistory(room, there.number, there.hash, newest)
      number = there.number
    }
    // What was dropped here long ago is wanted by nobody: readers take a gap.
    for (let next = Math.max(number + 1, oldestNumber(room.store)); next <= newest; next++) {
      await putFeedFile(relay, room.key, next, await readFeedFile(room, next), asking)
      number = next
    }
    return { relay: relay.url, number, failed: null }
  } catch (error) {
    if (!(error instanceof DeskError) || signal?.aborted === true || error.code === "damaged") throw error
    return { relay: relay.url, number, failed: { code: error.code, message: error.message } }
  }
}

/**
 * A relay that serves a number of ours which we did not make: this store was put back from an old copy, or somebody else
 * has the desk's key. Readers would call the next number a split, and be right.
 */
async function refuseOtherHistory(room: Room, number: number, hash: string, newest: number): Promise<void> {
  const ours = number <= newest && number >= oldestNumber(room.store) ? await requireHead(room, number) : null
  const same = ours !== null && toHex(await room.deps.primitives.sha256(ours.bytes)) === hash
  if (number > newest || (ours !== null && !same)) {
    throw new DeskError(
      "feed-split",
      `it serves a number ${number} of this desk's feed that this folder did not make: the folder is an old copy, or ` +
        "somebody else has the desk's key. Nothing was given to it",
    )
  }
}
