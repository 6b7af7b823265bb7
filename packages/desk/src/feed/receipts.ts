import { fromBase64Url, toHex } from "@govah/core/bytes"
import { encodeReceiptSet, openFeedFile, receiptSetHas, receiptTag, signFeedFile } from "@govah/core/feed"
import { DeskError } from "../desk-error.ts"
import { withSeed } from "../identity/secrets.ts"
import { type Room, today } from "../room.ts"

/** A feed file as it was signed. */
export interface MadeFeed {
  readonly number: number
  readonly receipts: number
  readonly bytes: Uint8Array
}

/**
 * Signs the next number of the feed, with an *arrived* receipt for every whole report; the newest one where that says
 * the same already.
 */
export async function makeReceipts(room: Room): Promise<MadeFeed> {
  const { store, book, deps } = room
  const tags = await arrivedTags(room)
  const { feed } = book.state()
  const newest = feed === null ? null : requireFeedFile(room, feed.number)
  if (feed !== null && newest !== null && feed.receipts === tags.length) {
    const { receipts } = await openFeedFile(newest, deps.primitives)
    if (tags.every((tag) => receiptSetHas(receipts, tag))) {
      return { number: feed.number, receipts: feed.receipts, bytes: newest }
    }
  }
  const number = (feed?.number ?? 0) + 1
  const file = {
    v: 1,
    desk: room.key,
    number,
    previous: feed?.sha256 ?? null,
    day: today(deps),
    receipts: encodeReceiptSet(tags, deps.primitives.random),
  } as const
  const bytes = await withSeed(store, "root-seed", (seed) => signFeedFile(file, seed, deps.primitives))
  const sha256 = toHex(await deps.primitives.sha256(bytes))
  await book.append([{ kind: "feed-made", number, sha256, receipts: tags.length }], () => {
    store.run("INSERT INTO feed (number, file) VALUES (?, ?)", number, bytes)
  })
  return { number, receipts: tags.length, bytes }
}

/** One number of the feed, byte for byte as it was signed. @throws DeskError `damaged`. */
export function requireFeedFile(room: Room, number: number): Uint8Array {
  const row = room.store.get<{ file: Buffer }>("SELECT file FROM feed WHERE number = ?", number)
  if (row === undefined) throw new DeskError("damaged", `the store lacks number ${number} of the feed`)
  return new Uint8Array(row.file)
}

async function arrivedTags(room: Room): Promise<readonly Uint8Array[]> {
  const tags = new Map<string, Uint8Array>()
  for (const report of room.book.state().reportsByRoot.values()) {
    if (!report.whole) continue
    const { arrived } = await room.summaries.of(room, report.root)
    const secret = arrived === null ? null : fromBase64Url(arrived)
    if (secret === null) continue
    const tag = receiptTag(secret, "arrived")
    tags.set(toHex(tag), tag)
  }
  return [...tags.values()]
}
