import { toHex } from "@govah/core/bytes"
import type { Store } from "./store.ts"

/** What became of a feed file: kept (also when the same bytes were there before), or why it was not. */
export type PutFeedOutcome = "kept" | "split" | "rollback" | "gap"

/** A feed file whose signature was verified. */
export interface VerifiedFeedFile {
  /** 32 bytes. */
  readonly deskKey: Uint8Array
  readonly number: number
  /** SHA-256 of the file before, hex, or null for the first. */
  readonly previous: string | null
  /** SHA-256 of `bytes`, 32 bytes. */
  readonly hash: Uint8Array
  readonly bytes: Uint8Array
}

/**
 * Appends a file to a desk's feed; durable when it returns `kept`.
 *
 * The first file that a relay sees may carry any number: the desk may be older than its admission here. After it, each
 * follows the one before. @throws RelayError `full`.
 */
export function putFeedFile(store: Store, file: VerifiedFeedFile): PutFeedOutcome {
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

/** The highest number of a desk's feed, or null where there is none. */
export function feedHead(store: Store, deskKey: Uint8Array): number | null {
  const row = store.prepare("SELECT max(number) AS head FROM feed WHERE desk_key = ?").get(deskKey)
  return (row as { head: number | null }).head
}

/** The newest feed file of a desk that is admitted today. */
export interface NewestFeed {
  readonly deskKey: Uint8Array
  readonly number: number
}

/** The newest number of every admitted desk that has a feed here, in the order of their keys. */
export function newestFeeds(store: Store): readonly NewestFeed[] {
  const sql = `SELECT desk_key, max(number) AS number FROM feed
    WHERE desk_key IN (SELECT desk_key FROM admission WHERE until_day >= ?) GROUP BY desk_key ORDER BY desk_key`
  const rows = store.prepare(sql).all(store.today()) as { desk_key: Uint8Array; number: number }[]
  return rows.map((row) => ({ deskKey: row.desk_key, number: row.number }))
}

/** The file of one number, byte for byte as the desk signed it, or null. */
export function readFeedFile(store: Store, deskKey: Uint8Array, number: number): Uint8Array | null {
  const row = store.prepare("SELECT file FROM feed WHERE desk_key = ? AND number = ?").get(deskKey, number)
  return (row as { file: Uint8Array } | undefined)?.file ?? null
}

function readHash(store: Store, deskKey: Uint8Array, number: number): string | null {
  const row = store.prepare("SELECT hash FROM feed WHERE desk_key = ? AND number = ?").get(deskKey, number)
  return row === undefined ? null : toHex((row as { hash: Uint8Array }).hash)
}
