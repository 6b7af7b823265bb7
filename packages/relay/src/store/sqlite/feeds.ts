import { toHex } from "@govah/core/bytes"
import type { Feeds, NewestFeed, PutFeedOutcome, VerifiedFeedFile } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** The shelf of feed files in a relay's SQLite file. */
export function sqliteFeeds(file: SqliteFile): Feeds {
  return {
    put: async (feed) => putFeedFile(file, feed),
    head: async (deskKey) => feedHead(file, deskKey),
    read: async (deskKey, number) => readFeedFile(file, deskKey, number),
    newest: async (day) => newestFeeds(file, day),
    newestFiles: async (day, perDesk) => newestFeedFiles(file, day, perDesk),
  }
}

function putFeedFile(store: SqliteFile, file: VerifiedFeedFile): PutFeedOutcome {
  return store.transact(() => {
    const same = readHash(store, file.deskKey, file.number)
    if (same !== null) return same === toHex(file.hash) ? "kept" : "split"
    const head = feedHead(store, file.deskKey)
    if (head !== null && file.number < head) return "rollback"
    if (head !== null && file.number > head + 1) return "gap"
    if (head !== null && file.previous !== readHash(store, file.deskKey, head)) return "split"
    const sql = "INSERT INTO feed (desk_key, number, hash, file) VALUES (?, ?, ?, ?)"
    store.prepare(sql).run(file.deskKey, file.number, file.hash, file.bytes)
    return "kept"
  })
}

function feedHead(store: SqliteFile, deskKey: Uint8Array): number | null {
  const row = store.prepare("SELECT max(number) AS head FROM feed WHERE desk_key = ?").get(deskKey)
  return (row as { head: number | null }).head
}

const ADMITTED = "(SELECT key FROM admission WHERE kind = 'desk' AND until_day >= ?)"

function newestFeeds(store: SqliteFile, day: number): readonly NewestFeed[] {
  const sql = `SELECT desk_key, max(number) AS number FROM feed
    WHERE desk_key IN ${ADMITTED} GROUP BY desk_key ORDER BY desk_key`
  const rows = store.prepare(sql).all(day) as { desk_key: Uint8Array; number: number }[]
  return rows.map((row) => ({ deskKey: row.desk_key, number: row.number }))
}

function newestFeedFiles(store: SqliteFile, day: number, perDesk: number): readonly Uint8Array[] {
  const sql = `SELECT file FROM (SELECT file, row_number() OVER (PARTITION BY desk_key ORDER BY number DESC) AS place
    FROM feed WHERE desk_key IN ${ADMITTED}) WHERE place <= ?`
  return (store.prepare(sql).all(day, perDesk) as { file: Uint8Array }[]).map(({ file }) => file)
}

function readFeedFile(store: SqliteFile, deskKey: Uint8Array, number: number): Uint8Array | null {
  const row = store.prepare("SELECT file FROM feed WHERE desk_key = ? AND number = ?").get(deskKey, number)
  return (row as { file: Uint8Array } | undefined)?.file ?? null
}

function readHash(store: SqliteFile, deskKey: Uint8Array, number: number): string | null {
  const row = store.prepare("SELECT hash FROM feed WHERE desk_key = ? AND number = ?").get(deskKey, number)
  return row === undefined ? null : toHex((row as { hash: Uint8Array }).hash)
}
