import { readCapacity } from "./capacity.ts"
import { repeat } from "./repeat.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"

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
export async function dropAgedTombstones(
  file: SqliteFile,
  slots: Slots,
  turns: Turns,
  before: number,
): Promise<void> {
  await coarsenDays(file, turns, before)
  let over = await turns(() => (file.db.isOpen ? countOver(file, slots, before) : 0))
  const oldest = `DELETE FROM tombstone WHERE id IN (SELECT id FROM tombstone WHERE day < ? ORDER BY day LIMIT ?)`
  await repeat(file, turns, async () => {
    if (over <= 0) return 0
    const sql = file.prepare(oldest)
    const gone = await file.transact(() => Number(sql.run(before, Math.min(over, AT_A_TIME)).changes))
    over -= gone
    return gone
  })
}

async function coarsenDays(file: SqliteFile, turns: Turns, before: number): Promise<void> {
  const periodDays = Math.max(1, 2 * file.retentionDays)
  const sql = `UPDATE tombstone SET day = ?1 WHERE id IN
    (SELECT id FROM tombstone WHERE day > ?1 AND day < ?2 LIMIT ${AT_A_TIME})`
  for (let end = await turns(() => readFirstDay(file, before)); end < before; ) {
    const start = end - (end % periodDays)
    const until = Math.min(start + periodDays, before)
    await repeat(file, turns, () => file.transact(() => Number(file.prepare(sql).run(start, until).changes)))
    end = until
  }
}

function readFirstDay(file: SqliteFile, otherwise: number): number {
  if (!file.db.isOpen) return otherwise
  const { first } = file.prepare("SELECT min(day) AS first FROM tombstone").get() as { first: number | null }
  return first ?? otherwise
}

function countOver(file: SqliteFile, slots: Slots, before: number): number {
  const { totalBytes } = slots.read(() => readCapacity(file, slots))
  const most = Math.min(MAX_AGED, Math.floor((totalBytes * AGED_SHARE) / TOMBSTONE_BYTES))
  const { count } = file.prepare("SELECT count(*) AS count FROM tombstone WHERE day < ?").get(before) as {
    count: number
  }
  return count - most
}

const AT_A_TIME = 256
