import { toHex, utf8Bytes } from "@govah/core/bytes"
import { type FeedHead, signFeedHead } from "@govah/core/feed"
import { makeCard } from "../identity/card.ts"
import { withSeed } from "../identity/secrets.ts"
import { type Room, today } from "../room.ts"
import { dropOldNumbers, keepPart, requireHead } from "./feed-store.ts"
import { dueReceipts, keepReceipts, listReceipts } from "./receipt-sets.ts"
import { makeBuckets, noteSent, waitingReplies } from "./replies.ts"
import { type NamedPart, type Standing, standingOn } from "./standing.ts"

/** A number of the feed. */
export interface MadeFeed {
  readonly number: number
  /** Reports that its sets name, without fillers. */
  readonly receipts: number
}

/**
 * Signs the next number of the feed; the newest one where nothing changed since, on the same day. Head, parts, receipts
 * and what the ledger says of them are one transaction.
 */
export async function makeFeed(room: Room): Promise<MadeFeed> {
  const { store, book, deps } = room
  const { primitives } = deps
  const day = today(deps)
  const due = await dueReceipts(room)
  const waiting = waitingReplies(store)
  const standing = await standingOn(day, book.state(), store, primitives)
  const notice = await named(utf8Bytes(await makeCard(room)), room)
  const { feed } = book.state()
  if (feed !== null && due.receipts.length === 0 && waiting.length === 0) {
    const { head } = await requireHead(room, feed.number)
    if (head.day === day && saysTheSame(head, standing, notice)) return feed
  }
  const receipts = await listReceipts(room, due.receipts)
  const { slots, buckets, sent } = makeBuckets(room, day, waiting)
  const bucketParts = await Promise.all(buckets.map((bytes) => named(bytes, room)))
  const number = (feed?.number ?? 0) + 1
  const head: FeedHead = {
    v: 1,
    desk: room.key,
    number,
    previous: feed?.sha256 ?? null,
    day,
    warnings: [...standing.warnings],
    intake: [listed(notice)],
    receipts: [...receipts.listed],
    bulletins: standing.bulletins.map(listed),
    calls: standing.calls.map(listed),
    replies: { slots, buckets: bucketParts.map(({ sha256 }) => sha256) },
  }
  const bytes = await withSeed(store, "root-seed", (seed) => signFeedHead(head, seed, primitives))
  const sha256 = toHex(await primitives.sha256(bytes))
  const act = { kind: "feed-made", number, sha256, receipts: receipts.count } as const
  const parts = [notice, ...receipts.made, ...standing.bulletins, ...standing.calls, ...bucketParts]
  await book.append([act], () => {
    store.run("INSERT INTO feed (number, day, head) VALUES (?, ?, ?)", number, day, bytes)
    for (const part of parts) keepPart(store, part.sha256, part.bytes)
    keepReceipts(store, receipts, due)
    noteSent(store, sent, number)
  })
  await dropOldNumbers(room)
  return { number, receipts: receipts.count }
}

function saysTheSame(head: FeedHead, standing: Standing, notice: NamedPart): boolean {
  const said = (parts: readonly { readonly sha256: string }[]): string =>
    parts.map(({ sha256 }) => sha256).join(" ")
  return (
    JSON.stringify(head.warnings) === JSON.stringify(standing.warnings) &&
    said(head.bulletins) === said(standing.bulletins) &&
    said(head.calls) === said(standing.calls) &&
    said(head.intake) === notice.sha256
  )
}

async function named(bytes: Uint8Array, { deps }: Room): Promise<NamedPart> {
  return { sha256: toHex(await deps.primitives.sha256(bytes)), bytes }
}

function listed({ sha256, bytes }: NamedPart): { readonly sha256: string; readonly bytes: number } {
  return { sha256, bytes: bytes.length }
}
