import { fromBase64Url, toHex } from "@govah/core/bytes"
import { encodeReceiptSet, MAX_RECEIPT_SETS, MAX_RECEIPTS, receiptTag } from "@govah/core/feed"
import type { CellId } from "@govah/core/cell"
import { addDays, type Room, today } from "../room.ts"
import type { Store } from "../store/store.ts"

/** Days for which a set is listed: a phone that was away so long still learns that its parcel arrived. */
export const RECEIPT_DAYS = 91

/** A receipt of one report. */
export interface Receipt {
  readonly root: CellId
  readonly tag: Uint8Array
}

/** A set that was made now. */
export interface MadeSet {
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly day: string
  readonly receipts: readonly Receipt[]
}

/** What the next number lists of receipts. */
export interface ReceiptListing {
  /** Hashes and lengths of all sets, the newest last. */
  readonly listed: readonly { readonly sha256: string; readonly bytes: number }[]
  readonly made: readonly MadeSet[]
  /** Sets that are listed no longer: too old, or merged into one that was made. */
  readonly dropped: readonly string[]
}

/** Receipts of whole reports that no set has named. Opens only those reports. */
export async function newReceipts(room: Room): Promise<readonly Receipt[]> {
  const receipts = new Map<string, Receipt>()
  for (const report of room.book.state().reportsByRoot.values()) {
    if (!report.whole || hasReceipt(room.store, report.root)) continue
    const { arrived } = await room.summaries.of(room, report.root)
    const secret = arrived === null ? null : fromBase64Url(arrived)
    if (secret === null) continue
    const tag = receiptTag(secret, "arrived")
    if (room.store.get("SELECT 1 FROM receipt WHERE tag = ?", tag) !== undefined) continue
    receipts.set(toHex(tag), { root: report.root, tag })
  }
  return [...receipts.values()]
}

/**
 * What to list: the sets of the last 91 days and those of now. On a day without receipts a set of fillers, which nobody
 * can tell from another. Where a head has no room for all, the older half is made anew as fewer and larger sets.
 */
export async function listReceipts(room: Room, fresh: readonly Receipt[]): Promise<ReceiptListing> {
  const { store, deps } = room
  const day = today(deps)
  const rows = store.all<{ sha256: string; day: string; bytes: number }>(
    `SELECT sha256, day, length(bytes) AS bytes FROM receipt_set JOIN feed_part USING (sha256) ORDER BY day, sha256`,
  )
  const standing = rows.filter((row) => row.day >= addDays(day, -RECEIPT_DAYS))
  const dropped = rows.filter((row) => !standing.includes(row)).map(({ sha256 }) => sha256)
  const made = await makeSets(room, fresh, day)
  if (standing.length + made.length > MAX_RECEIPT_SETS) {
    const merged = standing.splice(0, Math.ceil(standing.length / 2))
    const newest = merged.at(-1)?.day ?? day
    const tags = merged.flatMap(({ sha256 }) => readReceipts(store, sha256))
    made.unshift(...(await makeSets(room, tags, newest)))
    dropped.push(...merged.map(({ sha256 }) => sha256))
  }
  const listed = [...standing, ...made.map(({ sha256, bytes }) => ({ sha256, bytes: bytes.length }))]
  return { listed: listed.map(({ sha256, bytes }) => ({ sha256, bytes })), made, dropped }
}

/** Divides receipts into as few sets as hold them; one of fillers alone where there are none. */
export async function makeSets(
  { deps: { primitives } }: Pick<Room, "deps">,
  receipts: readonly Receipt[],
  day: string,
): Promise<MadeSet[]> {
  const sets: MadeSet[] = []
  for (let at = 0; at === 0 || at < receipts.length; at += MAX_RECEIPTS) {
    const some = receipts.slice(at, at + MAX_RECEIPTS)
    const tags = some.map(({ tag }) => tag)
    const bytes = encodeReceiptSet(tags, (byteLength) => primitives.random(byteLength))
    sets.push({ sha256: toHex(await primitives.sha256(bytes)), bytes, day, receipts: some })
  }
  return sets
}

/** Writes a listing, in the transaction of the head that has it. */
export function keepReceipts(store: Store, { made, dropped }: ReceiptListing): void {
  for (const sha256 of dropped) store.run("DELETE FROM receipt_set WHERE sha256 = ?", sha256)
  for (const { sha256, day, receipts } of made) {
    store.run("INSERT INTO receipt_set (sha256, day) VALUES (?, ?)", sha256, day)
    for (const { tag, root } of receipts) {
      store.run("INSERT OR REPLACE INTO receipt (tag, root, in_set) VALUES (?, ?, ?)", tag, root, sha256)
    }
  }
}

/** How many receipts the listed sets name, without fillers. */
export function countReceipts(store: Store): number {
  const sql = "SELECT count(*) AS n FROM receipt WHERE in_set IN (SELECT sha256 FROM receipt_set)"
  return store.get<{ n: number }>(sql)?.n ?? 0
}

function readReceipts(store: Store, sha256: string): readonly Receipt[] {
  return store
    .all<{ tag: Buffer; root: CellId }>("SELECT tag, root FROM receipt WHERE in_set = ?", sha256)
    .map(({ tag, root }) => ({ tag: new Uint8Array(tag), root }))
}

function hasReceipt(store: Store, root: CellId): boolean {
  return store.get("SELECT 1 FROM receipt WHERE root = ?", root) !== undefined
}
