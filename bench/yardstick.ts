import { createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** Two known amounts of work, done by libraries that are not ours: what a figure of this machine is worth on another. */
export interface Yardstick {
  readonly machine: string
  readonly node: string
  /** SHA-256 of 256 MiB in memory, `node:crypto`; milliseconds. */
  readonly sha256Of256MiBms: number
  /** 20,000 rows of 100 bytes into SQLite on the disk of temporary files, one transaction; milliseconds. */
  readonly sqlite20kInsertsMs: number
}

const MIB = 1024 * 1024
const ROWS = 20_000

/** Measures both; takes about a second. A bench prints this beside its figures and commits it with its baseline. */
export function measureYardstick(): Yardstick {
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${process.platform} ${process.arch}`,
    node: process.version,
    sha256Of256MiBms: Math.round(timeHash()),
    sqlite20kInsertsMs: Math.round(timeInserts()),
  }
}

function timeHash(): number {
  const piece = Buffer.alloc(MIB, 0x5a)
  const hash = createHash("sha256")
  const start = performance.now()
  for (let i = 0; i < 256; i++) hash.update(piece)
  hash.digest()
  return performance.now() - start
}

function timeInserts(): number {
  const folder = mkdtempSync(join(tmpdir(), "govah-yardstick-"))
  const db = new DatabaseSync(join(folder, "rows.db"))
  try {
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    db.exec("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    const insert = db.prepare("INSERT INTO row VALUES (?, ?)")
    const body = Buffer.alloc(100, 0x5a)
    const start = performance.now()
    db.exec("BEGIN IMMEDIATE")
    for (let id = 0; id < ROWS; id++) insert.run(id, body)
    db.exec("COMMIT")
    return performance.now() - start
  } finally {
    db.close()
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) console.log(JSON.stringify(measureYardstick(), null, 2))
