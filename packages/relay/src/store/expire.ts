import type { Store } from "./store.ts"

/**
 * Deletes cells older than the retention, and capabilities whose term is over.
 *
 * A cell is kept for `retentionDays` whole days after the day it came. Deleted in short transactions, so that senders
 * are answered in between. @returns how many cells were deleted.
 */
export async function expire(store: Store, retentionDays: number): Promise<number> {
  const today = store.today()
  store.transact(() => store.prepare("DELETE FROM admission WHERE until_day < ?").run(today))
  const sql = "DELETE FROM cell WHERE id IN (SELECT id FROM cell WHERE day < ? LIMIT 256)"
  let deleted = 0
  for (;;) {
    if (!store.db.isOpen) return deleted
    const changes = store.transact(() => Number(store.prepare(sql).run(today - retentionDays).changes))
    deleted += changes
    if (changes === 0) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  store.forgetOrder()
  return deleted
}
