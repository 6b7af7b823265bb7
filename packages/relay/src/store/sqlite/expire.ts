import type { SqliteFile } from "./sqlite-file.ts"

/** Deletes what is over, in short transactions, so that senders are answered in between. @returns cells deleted. */
export async function expire(file: SqliteFile): Promise<number> {
  const today = file.today()
  file.transact(() => {
    file.prepare("DELETE FROM admission WHERE until_day < ?").run(today)
    file.prepare("DELETE FROM spent_token WHERE until_day < ?").run(today)
  })
  const oldest = today - file.retentionDays
  const cells = `DELETE FROM cell WHERE (window, id) IN (SELECT window, id FROM cell WHERE day < ? LIMIT ${AT_A_TIME})`
  const deleted = await repeat(file, cells, oldest)
  const tombstones = `DELETE FROM tombstone WHERE id IN (SELECT id FROM tombstone WHERE day < ? LIMIT ${AT_A_TIME})`
  await repeat(file, tombstones, oldest - file.retentionDays)
  if (file.db.isOpen) file.forgetOrder()
  return deleted
}

const AT_A_TIME = 256

async function repeat(file: SqliteFile, sql: string, day: number): Promise<number> {
  let deleted = 0
  while (file.db.isOpen) {
    const changes = file.transact(() => Number(file.prepare(sql).run(day).changes))
    deleted += changes
    if (changes === 0) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  return deleted
}
