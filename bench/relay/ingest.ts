import { createHash, randomBytes } from "node:crypto"
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { CELL_BYTES } from "@govah/core/cell"
import { nodePrimitives } from "@govah/node"
import { openStore } from "@govah/relay"
import type { LoadFigures, LoadJob } from "./load.ts"
import { RELAY_PROGRAM, runLoad, startServer } from "./processes.ts"

/** What is sent. */
export type Load = Omit<LoadJob, "kind" | "port">

/**
 * The relay under a load, and whether it has everything that it acknowledged.
 *
 * @param hours - before this one, that were as busy: 0 for a store that is new, and makes its room as it goes.
 */
export async function loadRelay(folder: string, load: Load, hours: 0 | 1): Promise<LoadFigures> {
  const file = join(folder, "relay.db")
  const cells = load.requests * load.cellsARequest
  if (hours === 1) await passHour(file, cells)
  const server = await startServer(RELAY_PROGRAM, [], { GOVAH_RELAY_FILE: file, GOVAH_RELAY_PORT: "0" })
  // What it does at rest, before it is asked to.
  while (hours === 1 && statSync(`${file}-cells`).size < 2 * cells * CELL_BYTES)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const figures = await runLoad({ ...load, kind: "relay", port: server.port })
  await server.stop()
  const store = openStore(file, { now: () => new Date(), primitives: nodePrimitives })
  const report = await store.fsck()
  await store.close()
  if (report.checked !== cells * (hours + 1) || report.damaged.length > 0)
    throw new Error("the relay lost cells")
  for (const one of [file, `${file}-cells`]) rmSync(one)
  return figures
}

// An hour in which so many cells came, and its window has closed.
async function passHour(file: string, cells: number): Promise<void> {
  let elapsedMs = 0
  const deps = { now: () => new Date(), monotoneMs: () => elapsedMs, primitives: nodePrimitives }
  const store = openStore(file, deps)
  for (let left = cells; left > 0; left -= AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, left) }, () => {
      const body = randomBytes(CELL_BYTES)
      return { id: createHash("sha256").update(body).digest(), body }
    })
    await store.put({ cells: some, lane: "reserved" })
  }
  elapsedMs += 3_600_001
  await store.tidy()
  await store.close()
}

const AT_ONCE = 512

/** tus with its file store under the same load, flushed before each acknowledgement. */
export async function loadTus(folder: string, load: Load): Promise<LoadFigures> {
  const uploads = join(folder, "tus")
  mkdirSync(uploads)
  const server = await startServer("tus-server.ts", [uploads, "0"])
  const figures = await runLoad({ ...load, kind: "tus", port: server.port })
  await server.stop()
  const sizes = readdirSync(uploads)
    .filter((name) => !name.endsWith(".json"))
    .map((name) => statSync(join(uploads, name)).size)
  if (sizes.length !== load.requests || sizes.some((size) => size !== load.cellsARequest * CELL_BYTES))
    throw new Error("tus lost uploads")
  rmSync(uploads, { recursive: true })
  return figures
}

/**
 * The same rows in SQLite alone, committed in groups, durable in the same way: no network, no hashing, no second index, no
 * overwriting of what is deleted.
 *
 * @returns seconds.
 */
export function fillBare(folder: string, cells: number, group: number): number {
  const file = join(folder, "bare.db")
  const db = new DatabaseSync(file)
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
  db.exec(`CREATE TABLE cell (id BLOB PRIMARY KEY, commitment BLOB NOT NULL, day INTEGER NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID`)
  const insert = db.prepare("INSERT INTO cell VALUES (?, ?, ?, ?)")
  const rows = Array.from({ length: cells }, () => {
    const body = randomBytes(CELL_BYTES)
    return { id: createHash("sha256").update(body).digest(), body }
  })
  const start = performance.now()
  for (let i = 0; i < rows.length; i += group) {
    db.exec("BEGIN IMMEDIATE")
    for (const { id, body } of rows.slice(i, i + group)) insert.run(id, body.subarray(-32), 20_000, body)
    db.exec("COMMIT")
  }
  const seconds = (performance.now() - start) / 1000
  const { count } = db.prepare("SELECT count(*) AS count FROM cell").get() as { count: number }
  if (count !== cells) throw new Error("SQLite lost rows")
  db.close()
  rmSync(file)
  return seconds
}
