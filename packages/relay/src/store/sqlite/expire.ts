import { readCapacity } from "./cells.ts"
import type { Slots } from "./slots.ts"
import { expireFeeds } from "./feeds.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Deletes what is over, in short transactions, so that senders are answered in between. @returns cells deleted. */
export async function expire(file: SqliteFile, slots: Slots): Promise<number> {
  const today = file.today()
  file.transact(() => {
    file.prepare("DELETE FROM admission WHERE until_day < ?").run(today)
    file.prepare("DELETE FROM spent_token WHERE until_day < ?").run(today)
  })
  const oldest = today - file.retentionDays
  let deleted = await repeat(file, () =>
    slots.write(() => {
      const spots = slots.findOlder(oldest, AT_A_TIME)
      slots.empty(spots)
      return spots.length
    }),
  )
  const cells = `DELETE FROM cell WHERE (window, id) IN (SELECT window, id FROM cell WHERE day < ? LIMIT ${AT_A_TIME})`
  deleted += await repeat(file, () => remove(file, cells, oldest))
  await agedTombstones(file, slots, oldest - file.retentionDays)
  if (file.db.isOpen) expireFeeds(file)
  return deleted
}

/**
 * Most tombstones that are older than twice the retention. They keep out for good what was forgotten, and a sync reads all
 * their names: 10 s for so many. Whoever wants to fill this place posts and forgets 32 GiB, and waits.
 */
const MAX_AGED = 2_097_152
/** The part of the store that they may take, at the bytes of one with its indexes, so that a small one has room. */
const AGED_SHARE = 1 / 16
const TOMBSTONE_BYTES = 160

/**
 * Tombstones past the day `before` stay, as long as there is room for them; the oldest go first. That they stay must not
 * say for years on which day something was forgotten: their days become the first of a period as long as twice the retention.
 */
async function agedTombstones(file: SqliteFile, slots: Slots, before: number): Promise<void> {
  const periodDays = Math.max(1, 2 * file.retentionDays)
  const { first } = file.prepare("SELECT min(day) AS first FROM tombstone").get() as { first: number | null }
  for (let end = first ?? before; end < before && file.db.isOpen; ) {
    const start = end - (end % periodDays)
    end = Math.min(start + periodDays, before)
    const sql = `UPDATE tombstone SET day = ?1 WHERE id IN
      (SELECT id FROM tombstone WHERE day > ?1 AND day < ?2 LIMIT ${AT_A_TIME})`
    await repeat(file, () => file.transact(() => Number(file.prepare(sql).run(start, end).changes)))
  }
  if (!file.db.isOpen) return
  const { totalBytes } = slots.read(() => readCapacity(file, slots))
  const most = Math.min(MAX_AGED, Math.floor((totalBytes * AGED_SHARE) / TOMBSTONE_BYTES))
  const count = "SELECT count(*) AS count FROM tombstone WHERE day < ?"
  let over = (file.prepare(count).get(before) as { count: number }).count - most
  const oldest = `DELETE FROM tombstone WHERE id IN (SELECT id FROM tombstone WHERE day < ? ORDER BY day LIMIT ?)`
  await repeat(file, () => {
    if (over <= 0) return 0
    const sql = file.prepare(oldest)
    const gone = file.transact(() => Number(sql.run(before, Math.min(over, AT_A_TIME)).changes))
    over -= gone
    return gone
  })
}

const AT_A_TIME = 256

function remove(file: SqliteFile, sql: string, day: number): number {
  return file.transact(() => Number(file.prepare(sql).run(day).changes))
}

async function repeat(file: SqliteFile, work: () => number): Promise<number> {
  let deleted = 0
  while (file.db.isOpen) {
    const count = work()
    deleted += count
    if (count === 0) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  return deleted
}
