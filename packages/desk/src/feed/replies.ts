import { fromBase64Url, toHex } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { MAX_FEED_BYTES, MAX_PART_BYTES, REPLY_SLOT_BYTES } from "@govah/core/feed"
import { reportOf } from "@govah/core/ledger"
import {
  bucketCount,
  bucketOf,
  fillBuckets,
  nextChain,
  ReplyError,
  replyEpoch,
  sealReply,
  startChain,
} from "@govah/core/reply"
import { DeskError } from "../desk-error.ts"
import type { Room } from "../room.ts"
import type { Store } from "../store/store.ts"
import { openReport } from "../view/open-report.ts"

/** Where a chain stands. */
interface ChainRow {
  readonly n: number
  readonly chain: Uint8Array
}

/** A reply that waits for the next number of the feed. */
export interface WaitingReply {
  readonly root: CellId
  readonly n: number
  readonly unit: string
  readonly slot: Uint8Array
}

/** The buckets of a number, and what went into them. */
export interface MadeBuckets {
  readonly slots: number
  readonly buckets: readonly Uint8Array[]
  readonly sent: readonly WaitingReply[]
}

/**
 * Seals a reply to a report under the next key of its chain, which a unit has for each report and an anonymous witness
 * for all of theirs. The chain moves on in the same transaction in which the ledger says that there is a reply, and is
 * found by its secret: no key ever seals two, also where a sender gives one secret twice.
 *
 * @returns its number in the chain.
 * @throws DeskError `unknown-root`, `no-reply`, `bad-act`.
 */
export async function reply(room: Room, asked: CellId, words: string): Promise<number> {
  const { store, book, deps } = room
  for (;;) {
    const report = reportOf(book.state(), asked)
    if (report === undefined) {
      throw new DeskError("unknown-root", `there is no report ${asked.slice(0, 12)}`)
    }
    const { root, unit } = report
    if (unit === null) {
      throw new DeskError(
        "no-reply",
        "the report does not name a unit: there is no bucket that it would look in",
      )
    }
    const secret = await requireSecret(room, root)
    const name = await secretName(secret, room)
    const { n, chain } = readChain(store, name) ?? { n: 0, chain: startChain(secret) }
    const slot = await sealOrRefuse(chain, words, room)
    const act = { kind: "replied", root, n, slot: toHex(await deps.primitives.sha256(slot)) } as const
    try {
      await book.append([act], () => {
        // Another process of this desk may have replied while this one was sealing.
        if ((readChain(store, name)?.n ?? 0) !== n) throw new ChainMoved()
        store.run(
          "INSERT OR REPLACE INTO reply_chain (secret, n, chain) VALUES (?, ?, ?)",
          name,
          n + 1,
          nextChain(chain),
        )
        const sql = "INSERT INTO reply (root, n, unit, words, slot, number) VALUES (?, ?, ?, ?, ?, NULL)"
        store.run(sql, root, n, unit, words, slot)
      })
      return n
    } catch (error) {
      if (!(error instanceof ChainMoved)) throw error
    }
  }
}

/** Replies that no number has carried, in the order in which they were sealed. */
export function waitingReplies(store: Store): readonly WaitingReply[] {
  return store
    .all<{ root: CellId; n: number; unit: string; slot: Buffer }>(
      "SELECT root, n, unit, slot FROM reply WHERE number IS NULL ORDER BY rowid",
    )
    .map((row) => ({ ...row, slot: new Uint8Array(row.slot) }))
}

/**
 * Puts waiting replies into the buckets of a day: as many of each bucket as one part may hold; the others wait for the
 * next number.
 *
 */
export function makeBuckets(room: Room, day: string, waiting: readonly WaitingReply[]): MadeBuckets {
  const epoch = replyEpoch(day)
  const count = bucketCount(knownUnits(room))
  // Half of what a number may hold, in a power of two.
  const most = 2 ** Math.floor(Math.log2(MAX_FEED_BYTES / 2 / count / REPLY_SLOT_BYTES))
  const perBucket = Math.min(most, MAX_PART_BYTES / REPLY_SLOT_BYTES)
  const slotsByBucket: Uint8Array[][] = Array.from({ length: count }, () => [])
  const sent: WaitingReply[] = []
  for (const one of waiting) {
    const unit = fromBase64Url(one.unit)
    if (unit === null) continue
    const bucket = slotsByBucket[bucketOf(unit, epoch, count)] as Uint8Array[]
    if (bucket.length >= perBucket) continue
    bucket.push(one.slot)
    sent.push(one)
  }
  return { ...fillBuckets(slotsByBucket, (byteLength) => room.deps.primitives.random(byteLength)), sent }
}

/** Notes which number carried the replies, in the transaction of its head. */
export function noteSent(store: Store, sent: readonly WaitingReply[], number: number): void {
  for (const { root, n } of sent) {
    store.run("UPDATE reply SET number = ? WHERE root = ? AND n = ?", number, root, n)
  }
}

/**
 * How many fetch the feed at least: units that were invited. Strangers do not count, since anybody could be a thousand of
 * them, and then a bucket would hold one unit among strangers who never fetch.
 */
function knownUnits({ book }: Room): number {
  return [...book.state().unitStandingByKey.values()].filter((standing) => standing === "known").length
}

async function requireSecret(room: Room, root: CellId): Promise<Uint8Array> {
  const { reply: text } = await openReport(room, root)
  const secret = text === null ? null : fromBase64Url(text)
  if (secret === null) {
    throw new DeskError("no-reply", "the root that says how to reply has not arrived")
  }
  return secret
}

async function sealOrRefuse(chain: Uint8Array, words: string, { deps }: Room): Promise<Uint8Array> {
  try {
    return await sealReply(chain, words, deps.primitives)
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error
    throw new DeskError("bad-act", `${error.message}. Nothing was sealed`, { cause: error })
  }
}

/** How the store names the secret that replies begin from: it keeps where the chain stands, and not where it began. */
export async function secretName(secret: Uint8Array, { deps }: Pick<Room, "deps">): Promise<string> {
  return toHex(await deps.primitives.sha256(secret))
}

function readChain(store: Store, secret: string): ChainRow | null {
  const sql = "SELECT n, chain FROM reply_chain WHERE secret = ?"
  const row = store.get<{ n: number; chain: Buffer }>(sql, secret)
  return row === undefined ? null : { n: row.n, chain: new Uint8Array(row.chain) }
}

class ChainMoved extends Error {}
