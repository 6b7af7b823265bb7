import { concatBytes } from "@govah/core/bytes"
import { type FeedHead, listedParts, openFeedHead, writeWholeFeed } from "@govah/core/feed"
import { DeskError } from "../desk-error.ts"
import { addDays, type Room, today } from "../room.ts"
import type { Store } from "../store/store.ts"

/** Days for which a number stays: a relay that was away so long still gets every reply. */
export const KEPT_DAYS = 30
/** Numbers that stay however old they are. */
const KEPT_NUMBERS = 8

/** One number as it was signed. */
export interface MadeNumber {
  readonly head: FeedHead
  readonly bytes: Uint8Array
}

/** The head of a number. @throws DeskError `damaged`. */
export async function requireHead(room: Room, number: number): Promise<MadeNumber> {
  const row = room.store.get<{ head: Buffer }>("SELECT head FROM feed WHERE number = ?", number)
  if (row === undefined) throw new DeskError("damaged", `the store lacks number ${number} of the feed`)
  const bytes = new Uint8Array(row.head)
  return { head: await openFeedHead(bytes, room.deps.primitives), bytes }
}

/** A number in one file. @throws DeskError `damaged`. */
export async function readFeedFile(room: Room, number: number): Promise<Uint8Array> {
  const { head, bytes } = await requireHead(room, number)
  const whole = writeWholeFeed(head, bytes, ({ sha256 }) => {
    const row = room.store.get<{ bytes: Buffer }>("SELECT bytes FROM feed_part WHERE sha256 = ?", sha256)
    if (row === undefined) throw new DeskError("damaged", `the store lacks part ${sha256.slice(0, 12)}`)
    return row.bytes
  })
  return concatBytes(...(await Array.fromAsync(whole)))
}

/** The oldest number that is kept; 0 where there is none. */
export function oldestNumber(store: Store): number {
  return store.get<{ number: number | null }>("SELECT min(number) AS number FROM feed")?.number ?? 0
}

/** Keeps a part, once. */
export function keepPart(store: Store, sha256: string, bytes: Uint8Array): void {
  store.run("INSERT OR IGNORE INTO feed_part (sha256, bytes) VALUES (?, ?)", sha256, bytes)
}

/** Drops numbers that are old, and the parts that no kept head lists. */
export async function dropOldNumbers(room: Room): Promise<void> {
  const { store, deps } = room
  const before = addDays(today(deps), -KEPT_DAYS)
  const rows = store.all<{ number: number; day: string; head: Buffer }>(
    "SELECT number, day, head FROM feed ORDER BY number DESC",
  )
  const kept = rows.filter(({ day }, i) => i < KEPT_NUMBERS || day >= before)
  if (kept.length === rows.length) return
  const listed = new Set<string>()
  for (const { head } of kept) {
    const opened = await openFeedHead(new Uint8Array(head), deps.primitives)
    for (const { sha256 } of listedParts(opened)) listed.add(sha256)
  }
  const oldest = kept.at(-1)?.number ?? 0
  store.transact(() => {
    store.run("DELETE FROM feed WHERE number < ?", oldest)
    const sql = "DELETE FROM feed_part WHERE sha256 NOT IN (SELECT value FROM json_each(?))"
    store.run(sql, JSON.stringify([...listed]))
  })
}
