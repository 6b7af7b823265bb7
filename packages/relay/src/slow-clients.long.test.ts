import { once } from "node:events"
import { readFileSync } from "node:fs"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, onTestFinished, test } from "vitest"
import { openStore } from "./store/sqlite/sqlite-store.ts"
import { spawnRelay } from "./testing/child-relay.ts"
import { freshFolder, hashOf, postCells, realDeps, seededBytes, seededCells } from "./testing/test-relay.ts"

// Nobody works for what is posted here.
const UNPAID = { GOVAH_RELAY_PORT: "0", GOVAH_RELAY_WORK_BITS: "0" }

// From addresses of their own, as a crowd has them: one address has too few ports for the connections that wait to die.
const CONNECTIONS = 10_000
const AT_ONCE = 200
const PER_ADDRESS = 1_000
/** What a relay may need with all of them, MB: what it holds of bodies (64), and what it needs anyway. */
const MOST_MEMORY_MB = 400

type Manner = "silent" | "half a head" | "a head and no body" | "half a body" | "gone without a word"
const MANNERS: readonly Manner[] = [
  "silent",
  "half a head",
  "a head and no body",
  "half a body",
  "gone without a word",
]

const HEAD = `POST /cells HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${4 * CELL_BYTES}\r\n\r\n`
// Less than one cell: of any line that is cut the whole cells are kept, and here there are none.
const PART = Buffer.from(seededBytes("half a body", CELL_BYTES / 4))

async function open(port: number, n: number): Promise<Socket> {
  const manner = MANNERS[n % MANNERS.length] as Manner
  const localAddress = `127.0.4.${1 + Math.floor(n / PER_ADDRESS)}`
  const socket = connect({ port, host: "127.0.0.1", localAddress })
  socket.on("error", () => undefined)
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()).once("close", () => resolve()))
  if (manner === "half a head") socket.write(HEAD.slice(0, 60))
  if (manner === "a head and no body") socket.write(HEAD)
  if (manner === "half a body") socket.write(Buffer.concat([Buffer.from(HEAD), PART]))
  if (manner === "gone without a word") socket.pause()
  return socket
}

function memoryOf(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
  return Number(kilobytes) / 1000
}

test("Ten thousand slow and half-open clients do not shut a relay, and it lets go of all of them", async () => {
  const folder = freshFolder()
  const relay = await spawnRelay(join(folder, "relay.db"), "main.ts", UNPAID)
  const sockets: Socket[] = []
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
  const acknowledged: Uint8Array[] = []
  const post = async (seed: string): Promise<void> => {
    const cells = seededCells(seed, 3)
    expect((await postCells(relay.url, cells)).status).toBe(200)
    acknowledged.push(...cells)
  }
  const order = Array.from({ length: CONNECTIONS }, (_, n) => n).values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const n of order) sockets.push(await open(relay.port, n))
    }),
  )
  for (let i = 0; i < 20; i++) await post(`among slow ones ${i}`)
  const isOpen = sockets.filter((socket) => !socket.destroyed).length
  expect(isOpen).toBeGreaterThan(CONNECTIONS / 2)
  // Every manner of waiting has its bound: the relay ends them all, and nobody else has to.
  await Promise.all(
    sockets.map(async (socket) => {
      socket.resume()
      if (!socket.destroyed) await once(socket, "close")
    }),
  )
  await post("after all of them")
  const memory = memoryOf(relay.process.pid as number)
  await relay.end("SIGTERM")
  expect(memory).toBeLessThan(MOST_MEMORY_MB)

  const store = openStore(join(folder, "relay.db"), realDeps)
  const names = (await store.names(null, 1_000)).map(({ id }) => Buffer.from(id).toString("hex"))
  await store.close()
  expect(names).toEqual(acknowledged.map(hashOf).toSorted())
})
