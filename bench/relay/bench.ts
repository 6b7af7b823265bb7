import { randomBytes } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { Agent, request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { CELL_BYTES } from "@govah/core/cell"
import { nodePrimitives } from "@govah/node"
import { createRelay, openStore } from "@govah/relay"

// How fast the relay takes cells, beside SQLite alone doing the least that could be called the same: the same rows, the
// same group size, durable in the same way. Rounds alternate, so that a busy disk slows both. See README.md.
const ROUNDS = 5
const POSTS = 64
const CELLS_A_POST = 64
const SMALL_POSTS = 4096
const deps = { now: () => new Date(), primitives: nodePrimitives }
const folder = mkdtempSync(join(tmpdir(), "govah-bench-"))

/** @returns cells a second. */
async function benchRelay(
  round: string,
  cellsAPost: number,
  posts: number,
  senders: number,
): Promise<number> {
  const file = join(folder, `relay-${round}.db`)
  const relay = await createRelay({ file, port: 0 }, deps)
  const bodies = Array.from({ length: posts }, () => randomBytes(cellsAPost * CELL_BYTES))
  const agent = new Agent({ keepAlive: true, maxSockets: senders })
  const start = performance.now()
  const queue = bodies.values()
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const body of queue) await post(relay.port, body, agent)
    }),
  )
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  await relay.close()
  // Outside the timed part: what was acknowledged is there, whole.
  const store = openStore(file, deps)
  const report = await store.fsck()
  await store.close()
  if (report.checked !== posts * cellsAPost || report.damaged.length > 0)
    throw new Error("the relay lost cells")
  rmSync(file)
  return (posts * cellsAPost) / seconds
}

function post(port: number, body: Uint8Array, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/octet-stream", "Content-Length": body.length }
    const sent = request(
      { port, host: "127.0.0.1", path: "/cells", method: "POST", agent, headers },
      (answer) => {
        answer.resume()
        answer.on("end", () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`)),
        )
      },
    )
    sent.on("error", reject)
    sent.end(body)
  })
}

/** The same rows in SQLite alone: no network, no hashing, no index but the key. @returns cells a second. */
function benchBare(round: string, cells: number, group: number): number {
  const file = join(folder, `bare-${round}.db`)
  const db = new DatabaseSync(file)
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
  db.exec("CREATE TABLE cell (id BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")
  const insert = db.prepare("INSERT INTO cell VALUES (?, ?)")
  const rows = Array.from({ length: cells }, () => ({ id: randomBytes(32), body: randomBytes(CELL_BYTES) }))
  const start = performance.now()
  for (let i = 0; i < rows.length; i += group) {
    db.exec("BEGIN IMMEDIATE")
    for (const { id, body } of rows.slice(i, i + group)) insert.run(id, body)
    db.exec("COMMIT")
  }
  const seconds = (performance.now() - start) / 1000
  db.close()
  rmSync(file)
  return cells / seconds
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number

const rates: Record<"large" | "bare64" | "bare256" | "small", number[]> = {
  large: [],
  bare64: [],
  bare256: [],
  small: [],
}
for (let round = 0; round < ROUNDS; round++) {
  rates.bare64.push(benchBare(`64-${round}`, POSTS * CELLS_A_POST, 64))
  rates.large.push(await benchRelay(`large-${round}`, CELLS_A_POST, POSTS, 8))
  rates.bare256.push(benchBare(`256-${round}`, POSTS * CELLS_A_POST, 256))
  rates.small.push(await benchRelay(`small-${round}`, 1, SMALL_POSTS, 64))
}
rmSync(folder, { recursive: true })

const toMegabytes = (cells: number): number => Math.round((cells * CELL_BYTES) / 1e5) / 10
const result = {
  machine: "2-core x86-64 VM",
  node: process.version,
  rounds: ROUNDS,
  relay64CellsAPostMBps: toMegabytes(median(rates.large)),
  sqlite64CellsACommitMBps: toMegabytes(median(rates.bare64)),
  sqlite256CellsACommitMBps: toMegabytes(median(rates.bare256)),
  ratioTo64: Number((median(rates.large) / median(rates.bare64)).toFixed(2)),
  ratioTo256: Number((median(rates.large) / median(rates.bare256)).toFixed(2)),
  relayOneCellAPostPerSecond: Math.round(median(rates.small)),
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
