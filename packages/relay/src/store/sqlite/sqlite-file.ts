import { closeSync, fsyncSync, openSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync, type StatementSync } from "node:sqlite"
import { CELL_BYTES } from "@govah/core/cell"
import { RETENTION_DAYS } from "../../config.ts"
import { RelayError } from "../../relay-error.ts"
import type { OpenBodies } from "./bodies.ts"
import { noteCrash } from "./crash.ts"
import { type AskDisk, askDisk, diskLeftFor } from "./disk-left.ts"
import type { RelayDeps } from "../port.ts"
import { countWindowAges, type WindowAges } from "./window-ages.ts"
import { BUSY_MS, shareWriteLock } from "./write-lock.ts"

/** What whoever opens a store decides. */
export interface StoreOptions {
  /** Most bytes of the database and the bodies; 0 or left out is as much as the disk has. */
  readonly maxBytes?: number
  /** Whole days that a cell is kept. */
  readonly retentionDays?: number
  /** Bytes of a cell; another number than the real one is for tests alone, of what does not look at bodies. */
  readonly cellBytes?: number
  /** The engine; another than SQLite itself, failing or careless, is for tests alone. */
  readonly database?: typeof DatabaseSync
  /** The disk; another, smaller, is for tests alone. */
  readonly askDisk?: AskDisk
  /** The file of bodies; another is for tests alone. */
  readonly openBodies?: OpenBodies
}

/**
 * The relay's SQLite file: everything but the bodies of cells (`bodies.ts`).
 *
 * 1. What {@link transact} returned is on the disk (WAL with synchronous=FULL; with NORMAL a power cut loses rows that
 *    were acknowledged).
 * 2. Deleted content is overwritten (secure_delete), and no temporary file is written.
 * 3. Several processes may open it at once: the relay, and an operator's `admit`, `take` or `fsck`.
 */
export class SqliteFile {
  readonly deps: RelayDeps
  readonly db: DatabaseSync
  readonly path: string
  readonly maxBytes: number
  readonly retentionDays: number
  readonly cellBytes: number
  readonly windowAges: WindowAges
  /** Transactions committed since this process opened the store; a measure, kept nowhere. */
  commits = 0
  readonly #askDisk: AskDisk
  #diskBytesLeft: number | null = null
  readonly #begin: () => Promise<void>
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, path: string, deps: RelayDeps, options: StoreOptions) {
    this.db = db
    this.path = path
    this.deps = deps
    this.maxBytes = options.maxBytes ?? 0
    this.retentionDays = options.retentionDays ?? RETENTION_DAYS
    this.cellBytes = options.cellBytes ?? CELL_BYTES
    this.#askDisk = options.askDisk ?? askDisk
    this.#begin = shareWriteLock(db)
    this.windowAges = countWindowAges(deps.monotoneMs ?? (() => performance.now()))
  }

  /** The day now, in whole days since 1970-01-01 UTC. */
  today(): number {
    return Math.floor(this.deps.now().getTime() / 86_400_000)
  }

  /** Compiles a statement once. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /**
   * Runs `work` in one write transaction: all of it is durable when this resolves, or none of it is kept. Nothing else may
   * use this file meanwhile (`turns.ts`).
   *
   * @param flush - for work that another file belongs to: resolves when that is on the disk, and only then this commits.
   * @throws RelayError `full` where the disk or `maxBytes` is. Other faults of the disk pass through.
   */
  async transact<T>(work: () => T, flush?: () => Promise<void>): Promise<T> {
    this.#diskBytesLeft = null
    try {
      await this.#begin()
      const result = work()
      await flush?.()
      this.db.exec("COMMIT")
      this.commits++
      return result
    } catch (error) {
      throw this.#undo(error)
    }
  }

  #undo(error: unknown): unknown {
    // SQLite rolls back by itself after some faults, and not after others.
    if (this.db.isTransaction) this.db.exec("ROLLBACK")
    const { errcode, code } = error as { errcode?: number; code?: string }
    if (errcode !== SQLITE_FULL && code !== "ENOSPC" && code !== "EDQUOT") return error
    return new RelayError("full", "the store is full; what was acknowledged before is safe", { cause: error })
  }

  /** Runs `work` on the file as it is at one moment, whatever other processes write meanwhile. */
  snapshot<T>(work: () => T): T {
    this.#diskBytesLeft = null
    this.db.exec("BEGIN")
    try {
      return work()
    } finally {
      if (this.db.isTransaction) this.db.exec("COMMIT")
    }
  }

  /** What the disk had left when this transaction began: it is asked for by every post, and what waits is not on it. */
  diskBytesLeft(): number {
    this.#diskBytesLeft ??= diskLeftFor(this.path, this.#askDisk)
    return this.#diskBytesLeft
  }

  /** Changes when another process has written. */
  dataVersion(): number {
    return this.pragma("data_version")
  }

  /** The value of a pragma that is one number. */
  pragma(name: string): number {
    return Object.values(this.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] as number
  }

  /** What lies where no cell does. @param bytes - of each; of a cell where it is left out. */
  noise(count: number, bytes: number = this.cellBytes): Uint8Array {
    return this.deps.primitives.random(count * bytes)
  }

  /** How many places the file of bodies has. */
  countPlaces(): number {
    return this.prepare("SELECT places FROM listing").get()?.["places"] as number
  }

  /** Bounds this file by what the bodies leave of `maxBytes`. */
  boundPages(): void {
    if (this.maxBytes === 0) return
    const left = this.maxBytes - this.countPlaces() * this.cellBytes
    this.db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(left / this.pragma("page_size")))}`)
  }

  /** Empties the write-ahead log into the database, so that it does not remember in which order things came. */
  forgetOrder(): void {
    // A reader in another process may hold the log; then the next call empties it. Waiting would stop everybody.
    this.db.exec("PRAGMA busy_timeout = 0")
    try {
      this.db.exec("PRAGMA wal_checkpoint(TRUNCATE)")
      // The index of the log (`-shm`) goes on saying which pages it had, commit by commit, until the log begins anew.
      this.db.exec("UPDATE listing SET pulse = randomblob(16)")
      this.db.exec("PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      // Nothing is lost: what the log holds is as durable there as in the database.
    }
    this.db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`)
  }

  close(): void {
    if (!this.db.isOpen) return
    this.forgetOrder()
    this.db.close()
  }
}

/**
 * Opens or makes the file.
 *
 * @param path - made readable to its owner alone.
 * @throws RelayError `not-a-relay`, `newer-store`. A folder that is not there, or not writable, passes through.
 */
export function openFile(path: string, deps: RelayDeps, options: StoreOptions): SqliteFile {
  noteCrash(path)
  // SQLite would make it readable to everybody; its companions inherit the mode.
  closeSync(openSync(path, "a", 0o600))
  const db = new (options.database ?? DatabaseSync)(path, {
    timeout: BUSY_MS,
    enableForeignKeyConstraints: true,
  })
  try {
    migrate(db)
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON;
      PRAGMA checkpoint_fullfsync = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
      PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = ${LOG_PAGES}`)
    // That the file is here must survive a power cut, and that the journal of its making is not: put back, it would undo
    // everything. SQLite waits for the disk with the names in a folder only where it adds one.
    flushToDisk(dirname(path))
    return new SqliteFile(db, path, deps, options)
  } catch (error) {
    db.close()
    if ((error as { errcode?: number }).errcode !== SQLITE_NOTADB) throw error
    throw new RelayError("not-a-relay", `${path} is not a relay's store`, { cause: error })
  }
}

/** Waits until the disk has a file, or the names in a folder. */
export function flushToDisk(path: string): void {
  const descriptor = openSync(path, "r")
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const SQLITE_FULL = 13
const SQLITE_NOTADB = 26
// Pages in the log before they are brought into the file: 16 MiB. Each time senders wait, for as many pages as differ.
const LOG_PAGES = 4_000
const APPLICATION_ID = 0x476f7652
const MIGRATIONS = ["0001-cells.sql", "0002-feeds.sql"]

function migrate(db: DatabaseSync): void {
  const { application_id: owner } = db.prepare("PRAGMA application_id").get() as { application_id: number }
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number }
  const { count } = db.prepare("SELECT count(*) AS count FROM sqlite_schema").get() as { count: number }
  if (owner !== APPLICATION_ID && count > 0)
    throw new RelayError("not-a-relay", "this file is not a relay's store")
  if (version > MIGRATIONS.length) {
    throw new RelayError(
      "newer-store",
      `the store has version ${version}, this program knows ${MIGRATIONS.length}`,
    )
  }
  MIGRATIONS.slice(version).forEach((name, i) => {
    const sql = readFileSync(new URL(`migrations/${name}`, import.meta.url), "utf8")
    db.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${version + i + 1}; COMMIT`)
  })
}
