import type { Store } from "../store/store.ts"

/** Feed files of one desk that a carrier takes along: a relay elsewhere that missed some can still follow the chain. */
const FEEDS_PER_DESK = 8

/** Every cell of the store, sorted by id, a few at a time: a relay may go on serving meanwhile. */
export async function* cellsById(store: Store): AsyncGenerator<Uint8Array, void, void> {
  const page = store.prepare("SELECT id, body FROM cell WHERE id > ? ORDER BY id LIMIT 64")
  let after: Uint8Array = new Uint8Array(0)
  for (;;) {
    const rows = page.all(after) as { id: Uint8Array; body: Uint8Array }[]
    const last = rows.at(-1)
    if (last === undefined) return
    for (const { body } of rows) yield body
    after = last.id
  }
}

/** How many cells there are. */
export function countCells(store: Store): number {
  return (store.prepare("SELECT count(*) AS count FROM cell").get() as { count: number }).count
}

/** The newest feed files of every admitted desk, byte for byte as they were signed. */
export function newestFeedFiles(store: Store): readonly Uint8Array[] {
  const sql = `SELECT file FROM (SELECT file, row_number() OVER (PARTITION BY desk_key ORDER BY number DESC) AS place
    FROM feed WHERE desk_key IN (SELECT desk_key FROM admission WHERE until_day >= ?)) WHERE place <= ?`
  return (store.prepare(sql).all(store.today(), FEEDS_PER_DESK) as { file: Uint8Array }[]).map(
    ({ file }) => file,
  )
}
