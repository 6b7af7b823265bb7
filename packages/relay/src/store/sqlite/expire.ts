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
  const tombstones = `DELETE FROM tombstone WHERE id IN (SELECT id FROM tombstone WHERE day < ? LIMIT ${AT_A_TIME})`
  await repeat(file, () => remove(file, tombstones, oldest - file.retentionDays))
  if (file.db.isOpen) expireFeeds(file)
  return deleted
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
