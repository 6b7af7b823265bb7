import { fromBase64Url, toHex } from "@govah/core/bytes"
import { backTag, encodeReceiptSet, MAX_RECEIPT_SETS, MAX_RECEIPTS, receiptTag } from "@govah/core/feed"
import type { CellId } from "@govah/core/cell"
import { reportOf } from "@govah/core/ledger"
import { addDays, type Room, today } from "../room.ts"
import type { Store } from "../store/store.ts"
import { secretName } from "./replies.ts"

/** Days for which a set is listed: a phone that was away so long still learns that its parcel arrived. */
export const RECEIPT_DAYS = 91

/**
 * Age in days from which a receipt is given again where its report is brought again: 30 are left then. What relays hold
 * is younger, so that pulling all of it once more gives nothing again.
 */
const RENEWED_DAYS = 61

/** A receipt of one report. */
export interface Receipt {
  readonly root: CellId
  readonly tag: Uint8Array
}

/** What receipts are to be given, and why some of them once more. */
export interface DueReceipts {
  readonly receipts: readonly Receipt[]
  /** Roots that were brought again, and are dealt with herewith. */
  readonly cameAgain: readonly CellId[]
  /** How many reports of each anonymous witness are counted with these, by the name of their secret. */
  readonly counts: ReadonlyMap<string, number>
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
  /** Reports that they name, without fillers. */
  readonly count: number
}

/**
 * Receipts of whole reports that no set has named, and of those that were brought again when theirs is listed no more, or
 * not for long: whoever sends again has not seen it. Opens only reports that no set has named.
 */
export async function dueReceipts(room: Room): Promise<DueReceipts> {
  const receipts = new Map<string, Receipt>()
  const counts = new Map<string, number>()
  const state = room.book.state()
  const cameAgain = room.store.all<{ root: CellId }>("SELECT root FROM came_again").map(({ root }) => root)
  const again = new Set(cameAgain.map((root) => reportOf(state, root)?.root))
  const oldest = addDays(today(room.deps), -RENEWED_DAYS)
  for (const report of state.reportsByRoot.values()) {
    if (!report.whole) continue
    const given = readGiven(room.store, report.root)
    if (given.length > 0) {
      if (!again.has(report.root)) continue
      for (const { root, tag, day } of given)
        if (day === null || day < oldest) receipts.set(toHex(tag), { root, tag: new Uint8Array(tag) })
      continue
    }
    const { arrived, back } = await room.summaries.of(room, report.root)
    const secret = arrived === null ? null : fromBase64Url(arrived)
    if (secret === null) continue
    const tag = receiptTag(secret, "arrived")
    if (room.store.get("SELECT 1 FROM receipt WHERE tag = ?", tag) !== undefined) continue
    receipts.set(toHex(tag), { root: report.root, tag })
    const counted = back === null ? null : await countForWitness(room, back, counts)
    if (counted !== null) receipts.set(toHex(counted), { root: report.root, tag: counted })
  }
  return { receipts: [...receipts.values()], cameAgain, counts }
}

/** The tag by which a witness without their phone learns of one report more. @param back - base64url of 32 B. */
async function countForWitness(
  room: Room,
  back: string,
  counts: Map<string, number>,
): Promise<Uint8Array | null> {
  const secret = fromBase64Url(back)
  if (secret === null) return null
  const name = await secretName(secret, room)
  const sql = "SELECT n FROM witness_count WHERE secret = ?"
  const number = (counts.get(name) ?? room.store.get<{ n: number }>(sql, name)?.n ?? 0) + 1
  counts.set(name, number)
  return backTag(secret, number)
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
  const roots = new Set(made.flatMap(({ receipts }) => receipts.map(({ root }) => root)))
  for (const { sha256 } of standing) for (const { root } of readReceipts(store, sha256)) roots.add(root)
  return { listed: listed.map(({ sha256, bytes }) => ({ sha256, bytes })), made, dropped, count: roots.size }
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
export function keepReceipts(
  store: Store,
  { made, dropped }: ReceiptListing,
  { cameAgain, counts }: Pick<DueReceipts, "cameAgain" | "counts">,
): void {
  for (const [secret, n] of counts) {
    store.run("INSERT OR REPLACE INTO witness_count (secret, n) VALUES (?, ?)", secret, n)
  }
  for (const root of cameAgain) store.run("DELETE FROM came_again WHERE root = ?", root)
  for (const sha256 of dropped) store.run("DELETE FROM receipt_set WHERE sha256 = ?", sha256)
  for (const { sha256, day, receipts } of made) {
    store.run("INSERT INTO receipt_set (sha256, day) VALUES (?, ?)", sha256, day)
    for (const { tag, root } of receipts) {
      store.run("INSERT OR REPLACE INTO receipt (tag, root, in_set) VALUES (?, ?, ?)", tag, root, sha256)
    }
  }
}

function readReceipts(store: Store, sha256: string): readonly Receipt[] {
  return store
    .all<{ tag: Buffer; root: CellId }>("SELECT tag, root FROM receipt WHERE in_set = ?", sha256)
    .map(({ tag, root }) => ({ tag: new Uint8Array(tag), root }))
}

/** Receipts that were given for a report; `day` is null where no listed set has them. */
function readGiven(
  store: Store,
  root: CellId,
): readonly { readonly root: CellId; readonly tag: Buffer; readonly day: string | null }[] {
  return store.all(
    "SELECT root, tag, receipt_set.day AS day FROM receipt LEFT JOIN receipt_set ON in_set = sha256 WHERE root = ?",
    root,
  )
}
