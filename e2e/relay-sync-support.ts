import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { concatBytes, toBase64Url, toHex } from "@govah/core/bytes"
import { CELL_BYTES, commitTo } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { admit, openStore, type RelayStore } from "@govah/relay"
import { onTestFinished } from "vitest"
import { type GovahProcess, startGovah } from "./govah-process.ts"
import { workFor } from "./paid-post.ts"

const DEPS = { now: () => new Date(), primitives: p }

/** A cell that looks like any other, and the token that makes it forgotten. */
export interface TestCell {
  readonly id: Uint8Array
  readonly body: Uint8Array
  readonly token: Uint8Array
}

export function someCells(count: number): TestCell[] {
  return Array.from({ length: count }, () => {
    const token = p.random(32)
    const body = concatBytes(new Uint8Array(randomBytes(CELL_BYTES - 32)), commitTo(token))
    return { id: p.sha256(body) as Uint8Array, body, token }
  })
}

export const namesOf = (cells: readonly TestCell[]): string[] => cells.map(({ id }) => toHex(id)).sort()

/** Does something with a store beside whoever has it open. */
async function withStore<T>(file: string, work: (store: RelayStore) => Promise<T>): Promise<T> {
  const store = openStore(file, DEPS)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Fills a store as `govah relay take` does, before its relay is started. */
export async function fill(file: string, cells: readonly TestCell[]): Promise<void> {
  await withStore(file, async (store) => await store.put({ cells, lane: "reserved" }))
}

/** Ids of the cells in a store, hex, sorted, each with its bytes as they were named. */
export async function kept(file: string): Promise<string[]> {
  return await withStore(file, async (store) => {
    const { damaged, structure } = await store.fsck()
    if (damaged.length + structure.length > 0) throw new Error("the store is damaged")
    const names = await store.names(null, 100_000)
    return names.flatMap(({ id, isForgotten }) => (isForgotten ? [] : [toHex(id)]))
  })
}

/** A relay that runs. */
export interface RunningRelay {
  readonly file: string
  readonly url: string
}

/** `govah relay` on a store, as a process, until the test is finished. */
export async function serve(folder: string, file: string): Promise<RunningRelay> {
  const relay = startGovah(["relay", "--store", file, "--port", "0"], folder)
  onTestFinished(async () => {
    relay.child.kill("SIGKILL")
    await relay.finished
  })
  const url = (await relay.says(/listens on (http:\/\/127\.0\.0\.1:\d+)/))[1] as string
  return { file: join(folder, file), url }
}

/** What the operator of a relay makes for another relay, or for a desk. */
export async function admitTo(file: string, kind: "desk" | "mirror"): Promise<string> {
  const deskKey = kind === "mirror" ? "north" : toBase64Url(p.random(32))
  return await withStore(file, async (store) => await admit(store, { deskKey, kind }))
}

/** Posts cells, as a sender does. */
export async function post(url: string, cells: readonly TestCell[]): Promise<number> {
  const bundle = concatBytes(...cells.map(({ body }) => body))
  const price = new Uint8Array(await (await fetch(`${url}/price`)).arrayBuffer())
  const headers = {
    "Content-Type": "application/octet-stream",
    "Govah-Work": await workFor(price, bundle),
  }
  return (await fetch(`${url}/cells`, { method: "POST", headers, body: new Uint8Array(bundle) })).status
}

/** Forgets cells at one relay, beside whoever has its store open. */
export async function forget(file: string, cells: readonly TestCell[]): Promise<void> {
  await withStore(file, async (store) => await store.forget(cells.map(({ token }) => token)))
}

/** The first byte of the requests that hand cells over (`spec/sync.md`). */
export const READ_CELLS = 3
export const PUT_CELLS = 5

/** A way to a relay on which a process can be killed at a chosen step. */
export interface Gate {
  readonly url: string
  /** Kills the process at the n-th request of a kind: before the relay is asked, or after it answered. */
  killAt(victim: GovahProcess, kind: number, nth: number, when: "before" | "after"): void
}

/** @param to - the relay's address. */
export async function gateTo(to: string): Promise<Gate> {
  let trap: { victim: GovahProcess; kind: number; left: number; when: string } | null = null
  const server = createServer((asked, answer) => void pass(asked, answer))
  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bytesOf(asked)
    const sprung = trap !== null && body[0] === trap.kind && --trap.left === 0 ? trap : null
    if (sprung?.when === "before") return void sprung.victim.child.kill("SIGKILL")
    const { method, headers } = asked
    const onward = request(`${to}${asked.url}`, { method, headers })
    onward.end(body)
    const [got] = (await once(onward, "response")) as [IncomingMessage]
    const answered = await bytesOf(got)
    if (sprung !== null) return void sprung.victim.child.kill("SIGKILL")
    answer.writeHead(got.statusCode as number, got.headers).end(answered)
  }
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    killAt: (victim, kind, nth, when) => {
      trap = { victim, kind, left: nth, when }
    },
  }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>))
}
