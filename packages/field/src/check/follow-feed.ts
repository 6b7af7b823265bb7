import { toHex, utf8Text } from "@govah/core/bytes"
import { CardError } from "@govah/core/card"
import {
  acceptFeedHead,
  FeedError,
  type FeedHead,
  openFeedHead,
  openReceiptSet,
  receiptSetHas,
  receiptTag,
  REPLY_SLOT_BYTES,
} from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { bucketOf, CHAIN_LOOKAHEAD, readBucket, replyEpoch } from "@govah/core/reply"
import { takeNotice } from "../enrol/index.ts"
import type { Outbox } from "../outbox/index.ts"
import { changeChains, UnreadFull } from "../replies/index.ts"
import type { LockedDrawer } from "../store/index.ts"
import { BACK_AHEAD, backCounter } from "../witness/count-back.ts"
import {
  dropOtherHeads,
  type FeedMemory,
  keepHead,
  readFeedMemory,
  shortName,
  writeFeedMemory,
} from "./feed-memory.ts"
import { type FeedSource, requirePart } from "./feed-source.ts"
import { dropUnlisted, isStored, store } from "./standing.ts"

/** Most numbers that are caught up with: a month, one a day. What came before them is lost, and nobody can tell. */
export const MAX_CATCH_UP = 31

/** What following needs. */
export interface FollowPorts {
  readonly drawer: LockedDrawer
  readonly outbox: Outbox
  readonly primitives: Primitives
  /** The unit's verify key, 32 B. */
  readonly unit: Uint8Array
  /** Of a witness who can come back, the secret of all replies, 32 B. */
  readonly back?: Uint8Array | null
  /** Shown a reply before the key that reads it is dropped. Where it throws, the reply is found again next time. */
  readonly onReply: (words: string) => void | Promise<void>
}

/** What a source gave. */
export interface Followed {
  /** Null where it has nothing of this desk. */
  readonly number: number | null
  /** Ids of the parcels that have now arrived. */
  readonly arrived: readonly string[]
}

/** A head between two others that contradicts one of them. */
export class ContradictoryHead extends Error {
  override readonly name = "ContradictoryHead"
  readonly heads: readonly Uint8Array[]
  constructor(heads: readonly Uint8Array[]) {
    super("two heads of one feed contradict each other")
    this.heads = heads
  }
}

/**
 * Takes what is new in a desk's feed: everybody who heard the same before asks for the same now, but for the one bucket of
 * replies in each number. What a phone waits for, and what it finds, changes no request.
 *
 * @param desk - verify key, base64url.
 * @throws FeedError; ContradictoryHead; whatever the source throws. What was taken before stays taken.
 */
export async function followFeed(source: FeedSource, desk: string, ports: FollowPorts): Promise<Followed> {
  const { drawer, primitives } = ports
  const received = await source.newest()
  if (received === null) return { number: null, arrived: [] }
  const before = await readFeedMemory(drawer)
  const { head, known } = await acceptFeedHead(received, desk, before.head, primitives)
  const missed = await readMissed(source, head, received, before, ports)
  await keepHead(drawer, known.hash, received)
  await writeFeedMemory(drawer, { ...before, head: known, day: head.day })
  await dropOtherHeads(drawer, known.hash)
  try {
    for (const one of missed) await readReplies(source, one, false, ports)
    await readReplies(source, head, true, ports)
  } catch (error) {
    // Those that find no room are read next time; receipts and warnings do not wait for a person to read.
    if (!(error instanceof UnreadFull)) throw error
  }
  const arrived = await readReceipts(source, head, ports)
  await readNotice(source, head, desk, ports)
  for (const part of [...head.bulletins, ...head.calls]) {
    if (await isStored(drawer, part, primitives)) continue
    await store(drawer, part, requirePart(await source.part(part)))
  }
  await dropUnlisted(drawer, head)
  return { number: head.number, arrived }
}

/** The heads of the numbers that were missed, the oldest first. Each must be the one that the next one names. */
async function readMissed(
  source: FeedSource,
  newest: FeedHead,
  newestBytes: Uint8Array,
  before: FeedMemory,
  { primitives, back }: FollowPorts,
): Promise<readonly FeedHead[]> {
  // A witness's first look goes back, a new one's too: nobody sees who has been here before.
  const isWitness = back !== undefined && back !== null
  if (before.head === null && !isWitness) return []
  const missed: FeedHead[] = []
  const from = Math.max(before.read + 1, newest.number - MAX_CATCH_UP)
  let [next, nextBytes] = [newest, newestBytes]
  for (let number = newest.number - 1; number >= from; number--) {
    const bytes = await source.number(number)
    if (bytes === null) break
    const head = await openFeedHead(bytes, primitives)
    if (head.desk !== next.desk || head.number !== number) {
      throw new FeedError("malformed", `another head is served as number ${number}`)
    }
    const hash = toHex(await primitives.sha256(bytes))
    const { head: accepted } = before
    const isNamed = next.previous === hash
    const fits =
      accepted === null ||
      ((number !== accepted.number || hash === accepted.hash) &&
        (number !== accepted.number + 1 || head.previous === accepted.hash))
    if (!isNamed || !fits) throw new ContradictoryHead([nextBytes, bytes])
    missed.unshift(head)
    ;[next, nextBytes] = [head, bytes]
  }
  return missed
}

async function readReplies(
  source: FeedSource,
  head: FeedHead,
  isNewest: boolean,
  { drawer, primitives, unit, back, onReply }: FollowPorts,
): Promise<void> {
  const memory = await readFeedMemory(drawer)
  if (head.number <= memory.read) return
  const { slots, buckets } = head.replies
  const sha256 = buckets[bucketOf(unit, replyEpoch(head.day), buckets.length)] as string
  const received = await source.part({ sha256, bytes: slots * REPLY_SLOT_BYTES })
  // A relay may have dropped the parts of an old number; those of its newest it must have.
  const bucket = isNewest ? requirePart(received) : received
  if (bucket !== null) {
    // Written whether or not there was a reply: when the file changed says nothing.
    const read = async (chains: readonly Uint8Array[]): Promise<readonly Uint8Array[]> => {
      // A witness has one chain, the last; who comes back starts at its beginning, and much of it may be gone.
      const [others, own, ahead] = back
        ? [chains.slice(0, -1), chains.slice(-1), BACK_AHEAD]
        : [[], chains, CHAIN_LOOKAHEAD]
      const reading = await readBucket(bucket, own, primitives, ahead)
      for (const words of reading.replies) await onReply(words)
      return [...others, ...reading.chains]
    }
    await changeChains(drawer, read, primitives)
  }
  await writeFeedMemory(drawer, { ...memory, read: head.number })
}

async function readReceipts(
  source: FeedSource,
  head: FeedHead,
  { drawer, outbox, back }: FollowPorts,
): Promise<readonly string[]> {
  const arrived: string[] = []
  const listed = new Set(head.receipts.map(({ sha256 }) => shortName(sha256)))
  const memory = await readFeedMemory(drawer)
  const seen = memory.seen.filter((name) => listed.has(name) || isNotice(name))
  const counter = back ? backCounter(back, memory.counted) : null
  try {
    for (const part of head.receipts) {
      if (seen.includes(shortName(part.sha256))) continue
      const set = openReceiptSet(requirePart(await source.part(part)))
      arrived.push(...(await outbox.settle((secret) => receiptSetHas(set, receiptTag(secret, "arrived")))))
      counter?.look(set)
      seen.push(shortName(part.sha256))
    }
  } finally {
    // After what the sets say is done: a crash in between looks through them once more.
    await writeFeedMemory(drawer, { ...memory, seen, counted: counter?.count ?? 0 })
  }
  return arrived
}

// The card that was taken, beside the receipt sets that were seen.
const NOTICE = "card "
const isNotice = (name: string): boolean => name.startsWith(NOTICE)

async function readNotice(
  source: FeedSource,
  head: FeedHead,
  desk: string,
  { drawer, primitives }: FollowPorts,
): Promise<void> {
  const [part] = head.intake
  if (part === undefined) return
  const name = `${NOTICE}${shortName(part.sha256)}`
  const memory = await readFeedMemory(drawer)
  if (memory.seen.includes(name)) return
  const card = utf8Text(requirePart(await source.part(part)))
  try {
    await takeNotice(drawer, card ?? "", desk, primitives)
  } catch (error) {
    // A card of a newer kind under the desk's own signature: the known one goes on.
    if (!(error instanceof CardError)) throw error
  }
  const seen = memory.seen.filter((one) => !isNotice(one))
  await writeFeedMemory(drawer, { ...memory, seen: [...seen, name] })
}
