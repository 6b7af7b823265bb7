import { toHex } from "@govah/core/bytes"
import { FEED_DAYS, FEED_NUMBERS } from "../../limits.ts"
import { RelayError } from "../../relay-error.ts"
import type { Feeds, NewestFeed, PutFeedOutcome, VerifiedHead } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** The shelf of feeds in the relay's file. */
export function sqliteFeeds(file: SqliteFile): Feeds {
  return {
    outcome: async (head) => outcomeOf(file, head),
    putParts: async (parts) => {
      const fresh = parts.filter(({ hash }) => !has(file, hash))
      // Those that are here already get the day of now, so that they outlast the head that is on its way.
      await file.transact(() => {
        for (const { hash } of parts) {
          file.prepare("UPDATE feed_part SET day = ? WHERE hash = ?").run(file.today(), hash)
        }
        const insert = file.prepare("INSERT OR IGNORE INTO feed_part (hash, day, bytes) VALUES (?, ?, ?)")
        for (const { hash, bytes } of fresh) insert.run(hash, file.today(), bytes)
      })
    },
    put: async (head) => file.transact(() => putHead(file, head)),
    head: async (deskKey, number) => {
      const of = "SELECT bytes FROM feed_head WHERE desk_key = ?"
      return number === null
        ? readBytes(file, `${of} ORDER BY number DESC LIMIT 1`, deskKey)
        : readBytes(file, `${of} AND number = ?`, deskKey, number)
    },
    part: async (deskKey, hash) =>
      readBytes(
        file,
        `SELECT bytes FROM feed_part WHERE hash = ?
          AND EXISTS (SELECT 1 FROM feed_listed WHERE desk_key = ? AND part = ?)`,
        hash,
        deskKey,
        hash,
      ),
    card: async (hash, day) =>
      readBytes(
        file,
        `SELECT bytes FROM feed_part WHERE hash = ? AND EXISTS (SELECT 1 FROM feed_head WHERE card = ?
          AND desk_key IN (${ADMITTED}))`,
        hash,
        hash,
        day,
      ),
    newest: async (day) => numbers(file, day, 1),
    numbers: async (day, perDesk) => numbers(file, day, perDesk),
  }
}

/**
 * Drops numbers that are past their days, but for the newest few of a desk that is admitted, and parts that nobody lists.
 * A part that came today or yesterday may belong to a head that is on its way.
 */
export async function expireFeeds(file: SqliteFile): Promise<void> {
  const today = file.today()
  const old = file
    .prepare(
      `SELECT desk_key, number FROM (SELECT desk_key, number, day, row_number() OVER
        (PARTITION BY desk_key ORDER BY number DESC) AS place FROM feed_head)
        WHERE day < ? AND (place > ? OR desk_key NOT IN (${ADMITTED}))`,
    )
    .all(today - FEED_DAYS, FEED_NUMBERS, today) as { desk_key: Uint8Array; number: number }[]
  await file.transact(() => {
    for (const { desk_key, number } of old) {
      file.prepare("DELETE FROM feed_head WHERE desk_key = ? AND number = ?").run(desk_key, number)
      file.prepare("DELETE FROM feed_listed WHERE desk_key = ? AND number = ?").run(desk_key, number)
    }
    file
      .prepare("DELETE FROM feed_part WHERE day < ? AND hash NOT IN (SELECT part FROM feed_listed)")
      .run(today - 1)
  })
}

const ADMITTED = "SELECT key FROM admission WHERE kind = 'desk' AND until_day >= ?"

function putHead(file: SqliteFile, head: VerifiedHead): PutFeedOutcome {
  const outcome = outcomeOf(file, head)
  if (outcome !== "kept" || hashOf(file, head.deskKey, head.number) !== null) return outcome
  if (!head.parts.every((hash) => has(file, hash))) {
    throw new RelayError("missing-part", "a part of this number is not here; put it again, whole")
  }
  const { deskKey, number, hash, card, bytes } = head
  file
    .prepare("INSERT INTO feed_head (desk_key, number, hash, card, day, bytes) VALUES (?, ?, ?, ?, ?, ?)")
    .run(deskKey, number, hash, card, file.today(), bytes)
  const list = file.prepare("INSERT OR IGNORE INTO feed_listed (desk_key, part, number) VALUES (?, ?, ?)")
  for (const part of head.parts) list.run(deskKey, part, number)
  return "kept"
}

function outcomeOf(file: SqliteFile, head: Omit<VerifiedHead, "parts" | "card">): PutFeedOutcome {
  const same = hashOf(file, head.deskKey, head.number)
  if (same !== null) return same === toHex(head.hash) ? "kept" : "split"
  const sql = "SELECT max(number) AS newest FROM feed_head WHERE desk_key = ?"
  const { newest } = file.prepare(sql).get(head.deskKey) as { newest: number | null }
  if (newest === null || head.number > newest + 1) return "kept"
  if (head.number < newest) return "rollback"
  return head.previous === hashOf(file, head.deskKey, newest) ? "kept" : "split"
}

function hashOf(file: SqliteFile, deskKey: Uint8Array, number: number): string | null {
  const row = file
    .prepare("SELECT hash FROM feed_head WHERE desk_key = ? AND number = ?")
    .get(deskKey, number)
  return row === undefined ? null : toHex((row as { hash: Uint8Array }).hash)
}

function has(file: SqliteFile, hash: Uint8Array): boolean {
  return file.prepare("SELECT 1 FROM feed_part WHERE hash = ?").get(hash) !== undefined
}

function readBytes(
  file: SqliteFile,
  sql: string,
  ...values: readonly (Uint8Array | number)[]
): Uint8Array | null {
  return (file.prepare(sql).get(...values) as { bytes: Uint8Array } | undefined)?.bytes ?? null
}

function numbers(file: SqliteFile, day: number, perDesk: number): readonly NewestFeed[] {
  const sql = `SELECT desk_key, number FROM (SELECT desk_key, number, row_number() OVER
    (PARTITION BY desk_key ORDER BY number DESC) AS place FROM feed_head WHERE desk_key IN (${ADMITTED}))
    WHERE place <= ? ORDER BY desk_key, number`
  const rows = file.prepare(sql).all(day, perDesk) as { desk_key: Uint8Array; number: number }[]
  return rows.map((row) => ({ deskKey: row.desk_key, number: row.number }))
}
