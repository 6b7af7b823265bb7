import { dropAgedTombstones } from "./aged-tombstones.ts"
import { expireFeeds } from "./feeds.ts"
import { repeat } from "./repeat.ts"
import { wipeStale } from "./room.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"

/** Deletes what is over, in short turns, so that senders are answered in between. @returns cells deleted. */
export async function expire(file: SqliteFile, slots: Slots, turns: Turns): Promise<number> {
  const today = file.today()
  await turns(() =>
    file.transact(() => {
      file.prepare("DELETE FROM admission WHERE until_day < ?").run(today)
      file.prepare("DELETE FROM spent_token WHERE until_day < ?").run(today)
    }),
  )
  const oldest = today - file.retentionDays
  const deleted = await repeat(file, turns, async () => {
    const count = await slots.write(() => dropOlder(file, slots, oldest))
    if (count > 0) await wipeStale(slots)
    return count
  })
  await dropAgedTombstones(file, slots, turns, oldest - file.retentionDays)
  await turns(async () => {
    if (file.db.isOpen) await expireFeeds(file)
  })
  return deleted
}

const AT_A_TIME = 256

function dropOlder(file: SqliteFile, slots: Slots, day: number): number {
  const spots = slots.spots.findOlder(day, AT_A_TIME)
  slots.empty(spots)
  const sql = "SELECT window, id, place FROM cell WHERE day < ? LIMIT ?"
  const cells = file.prepare(sql).all(day, AT_A_TIME) as unknown as {
    window: number
    id: Uint8Array
    place: number
  }[]
  const drop = file.prepare("DELETE FROM cell WHERE window = ? AND id = ?")
  for (const { window, id } of cells) drop.run(window, id)
  slots.reclaim(cells.map(({ place }) => place))
  return spots.length + cells.length
}
