import { createCipheriv, createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { CELL_BYTES, commitTo } from "@govah/core/cell"
import { doWork, formatWork, parsePrice } from "@govah/core/work"
import { nodePrimitives } from "@govah/node"
import { onTestFinished } from "vitest"
import type { RelayConfig } from "../config.ts"
import { createRelay, type Relay } from "../relay.ts"
import type { NamedCell, PutResult, RelayDeps, RelayStore } from "../store/port.ts"
import type { StoreOptions } from "../store/sqlite/sqlite-file.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"

/** The world as it is. */
export const realDeps: RelayDeps = { now: () => new Date(), primitives: nodePrimitives }

/** An empty folder that is gone when the test is. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "govah-relay-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What lies beneath a store, seen past it. */
export interface Beneath {
  /** The SQLite file. */
  readonly file: string
  /** Runs one statement on the file, through a connection of its own. */
  sql(statement: string, ...values: (string | number | Uint8Array)[]): Record<string, unknown>[]
}

function beneath(file: string): Beneath {
  return {
    file,
    sql(statement, ...values) {
      const db = new DatabaseSync(file, { timeout: 5_000 })
      try {
        return db.prepare(statement).all(...values) as Record<string, unknown>[]
      } finally {
        db.close()
      }
    },
  }
}

/** A relay on a free port, with a store of its own, closed when the test is finished. */
export async function startRelay(
  config: Partial<RelayConfig> = {},
  deps: RelayDeps = realDeps,
): Promise<Relay & Beneath> {
  const file = join(freshFolder(), "relay.db")
  const relay = await createRelay({ file, port: 0, ...config }, deps)
  onTestFinished(() => relay.close())
  return Object.assign(relay, beneath(file))
}

/** A store without a server. */
export function freshStore(deps: RelayDeps = realDeps, options: StoreOptions = {}): RelayStore & Beneath {
  const file = join(freshFolder(), "relay.db")
  const store = openStore(file, deps, options)
  onTestFinished(() => store.close())
  return Object.assign(store, beneath(file))
}

/** Puts cells as a carrier does. */
export async function putAll(store: RelayStore, cells: readonly NamedCell[]): Promise<PutResult> {
  return await store.put({ cells, lane: "reserved" })
}

/** Ids of all cells that a store keeps, hex, sorted. */
export async function storedIds(store: RelayStore): Promise<string[]> {
  const names = await store.names(null, 1_000_000)
  return names.flatMap(({ id, isForgotten }) => (isForgotten ? [] : [Buffer.from(id).toString("hex")]))
}

/** Bytes that look random and are the same for the same seed. */
export function seededBytes(seed: string | number, byteLength: number): Uint8Array {
  const key = createHash("sha256").update(`govah test ${seed}`).digest()
  return new Uint8Array(
    createCipheriv("aes-256-ctr", key, key.subarray(0, 16)).update(Buffer.alloc(byteLength)),
  )
}

/** Cells that look as sealed ones do. */
export function seededCells(seed: string | number, count: number): Uint8Array[] {
  const bytes = seededBytes(seed, count * CELL_BYTES)
  return Array.from({ length: count }, (_, i) => bytes.slice(i * CELL_BYTES, (i + 1) * CELL_BYTES))
}

/** Bytes of the short cells of tests that do not look at bodies. */
export const SHORT_BYTES = 64

/** Short cells with real ids. Each is the one that `shortToken` of the same seed and number makes forgotten. */
export function shortRows(seed: string | number, count: number): NamedCell[] {
  return Array.from({ length: count }, (_, i) => {
    const commitment = nodePrimitives.sha256(shortToken(seed, i)) as Uint8Array
    const body = Buffer.concat([seededBytes(`${seed} ${i}`, SHORT_BYTES - 32), commitment])
    return { id: nodePrimitives.sha256(body) as Uint8Array, body }
  })
}

/** The token of one of {@link shortRows}. */
export function shortToken(seed: string | number, i: number): Uint8Array {
  return seededBytes(`token ${seed} ${i}`, 32)
}

/** Lower-case hex of SHA-256. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

/** `Govah-Work` for a bundle, at the price of the day, for the first 64 cells of it. */
export async function workFor(url: string, cells: readonly Uint8Array[]): Promise<string> {
  const price = parsePrice(new Uint8Array(await (await fetch(`${url}/price`)).arrayBuffer()))
  // Work for what is no cell, too: a test of less than one comes as far as its body.
  const some = cells.length === 0 ? [new Uint8Array(0)] : cells.slice(0, 64)
  const ids = some.map((cell) => nodePrimitives.sha256(cell) as Uint8Array)
  return formatWork({ day: price.day, nonces: doWork(price, ids, price.bits) })
}

/** Posts a bundle, with the work that it costs. */
export async function postCells(
  url: string,
  cells: readonly Uint8Array[],
  tail: Uint8Array = new Uint8Array(0),
): Promise<Response> {
  const headers = { "Content-Type": "application/octet-stream", "Govah-Work": await workFor(url, cells) }
  return await fetch(`${url}/cells`, { method: "POST", headers, body: Buffer.concat([...cells, tail]) })
}

/** Body cells as a desk's senders make them, with the tokens that make them forgotten. */
export function ownCells(
  seed: string,
  count: number,
): { readonly cells: readonly Uint8Array[]; readonly tokens: readonly Uint8Array[] } {
  const tokens = Array.from({ length: count }, (_, i) => shortToken(seed, i))
  const cells = tokens.map((token, i) =>
    Buffer.concat([seededBytes(`body ${seed} ${i}`, CELL_BYTES - 32), commitTo(token)]),
  )
  return { cells, tokens }
}

/** Asks a relay to forget. */
export async function postTokens(url: string, tokens: readonly Uint8Array[]): Promise<Response> {
  const headers = { "Content-Type": "application/octet-stream" }
  return await fetch(`${url}/forget`, { method: "POST", headers, body: Buffer.concat(tokens) })
}

/** Pulls as a desk does until there is no more. @returns ids of all cells, and the cursor to go on from. */
export async function pullAll(
  url: string,
  capability: string,
  after = "",
): Promise<{ readonly ids: Set<string>; readonly cursor: string }> {
  const ids = new Set<string>()
  let cursor = after
  for (;;) {
    const query = cursor === "" ? "" : `?after=${cursor}`
    const answer = await fetch(`${url}/cells${query}`, { headers: { Authorization: `Bearer ${capability}` } })
    if (answer.status !== 200) throw new Error(`listing answered ${answer.status}`)
    const bundle = new Uint8Array(await answer.arrayBuffer())
    for (let i = 0; i < bundle.length; i += CELL_BYTES) ids.add(hashOf(bundle.subarray(i, i + CELL_BYTES)))
    cursor = answer.headers.get("Govah-Cursor") as string
    if (answer.headers.get("Govah-More") === "no") return { ids, cursor }
  }
}

/** A desk key that signs nothing, for admission alone. */
export function someDeskKey(seed: string | number = 1): string {
  return Buffer.from(seededBytes(`desk ${seed}`, 32)).toString("base64url")
}
