import { readFileSync } from "node:fs"
import Database, { type Statement } from "better-sqlite3-multiple-ciphers"
import { utf8Bytes } from "@govah/core/bytes"
import { DeskError } from "../desk-error.ts"

/** The encrypted store of one desk: SQL, transactions, and nothing else. Each folder keeps its own statements. */
export interface Store {
  get<Row>(sql: string, ...values: readonly Value[]): Row | undefined
  all<Row>(sql: string, ...values: readonly Value[]): Row[]
  /** @returns rows changed. */
  run(sql: string, ...values: readonly Value[]): number
  /** All of `work` or nothing; durable when it returns. Never nested, never across an await. */
  transact<T>(work: () => T): T
  close(): void
}

/** What a column holds. */
export type Value = string | number | Uint8Array | null

/** Each is one version of the store, in order. */
const MIGRATIONS = ["0001-first.sql", "0002-feed.sql", "0003-came-again.sql", "0004-operators.sql"] as const

/**
 * Opens the store, or makes it where there is no file.
 *
 * @param key - 32 B; wiped before this returns.
 * @throws DeskError `disk-full`; `damaged` where the key does not open it, or a page was changed.
 */
export function openStore(file: string, key: Uint8Array): Store {
  const db = new Database(file)
  try {
    db.pragma("cipher = 'chacha20'")
    // A raw key, as bytes: as text it could not be wiped.
    const raw = Buffer.concat([utf8Bytes("raw:"), key])
    db.key(raw)
    raw.fill(0)
    db.pragma("journal_mode = WAL")
    // FULL: what the ledger says happened is still there after the plug is pulled.
    db.pragma("synchronous = FULL")
    db.pragma("secure_delete = ON")
    db.pragma("temp_store = MEMORY")
    db.pragma("busy_timeout = 10000")
    migrate(db)
  } catch (error) {
    db.close()
    throw asDeskError(error)
  } finally {
    key.fill(0)
  }
  return wrap(db)
}

function migrate(db: Database): void {
  const version = db.pragma("user_version", { simple: true }) as number
  if (version > MIGRATIONS.length) {
    throw new DeskError("damaged", `the store is of a newer kind (${version})`)
  }
  for (const [done, name] of MIGRATIONS.entries()) {
    if (done < version) continue
    const sql = readFileSync(new URL(`./migrations/${name}`, import.meta.url), "utf8")
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${done + 1}`)
    }).immediate()
  }
}

function wrap(db: Database): Store {
  const statements = new Map<string, Statement>()
  function prepare(sql: string): Statement {
    if (!db.open) throw new DeskError("closed", "the desk is locked: open it again")
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  function guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw asDeskError(error)
    }
  }
  return {
    get: <Row>(sql: string, ...values: readonly Value[]) =>
      guarded(() => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly Value[]) =>
      guarded(() => prepare(sql).all(...values) as Row[]),
    run: (sql, ...values) => guarded(() => prepare(sql).run(...values).changes),
    transact: (work) => {
      if (!db.open) throw new DeskError("closed", "the desk is locked: open it again")
      return guarded(() => db.transaction(work).immediate())
    },
    close: () => {
      statements.clear()
      db.close()
    },
  }
}

function asDeskError(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (code === "SQLITE_FULL") {
    return new DeskError("disk-full", "the disk is full: what was kept before is safe", { cause: error })
  }
  // Every page carries a tag: a changed page, or another key, shows as one of these two.
  if (code !== "SQLITE_NOTADB" && code !== "SQLITE_CORRUPT") return error
  return new DeskError(
    "damaged",
    "desk.db is damaged or belongs to another desk.json: restore both from a copy",
    { cause: error },
  )
}
