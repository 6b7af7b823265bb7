import { once } from "node:events"
import { Agent, type IncomingMessage, request } from "node:http"
import type { Socket } from "node:net"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, onTestFinished, test } from "vitest"
import { type ChildRelay, spawnRelay } from "./testing/child-relay.ts"
import {
  type Endpoint,
  idsNear,
  placesOf,
  placesOfAddress,
  takeMemory,
} from "./testing/seizure/memory-image.ts"
import { freshFolder, hashOf, seededCells } from "./testing/test-relay.ts"

// Nobody works for what is posted here.
const UNPAID = { GOVAH_RELAY_PORT: "0", GOVAH_RELAY_WORK_BITS: "0" }

const SENDERS = 20
const POSTS = 12
const CELLS_A_POST = 4
/** Bytes on both sides of an address in which no id of its sender may stand: far more than one structure fills. */
const REACH = 4096
const MARK = "planted words that nobody sealed"

interface Sender {
  readonly endpoint: Endpoint
  readonly ids: readonly Uint8Array[]
}

/** Posts from an address of its own, and leaves the connection open. */
async function sendFrom(relay: ChildRelay, address: string): Promise<Sender> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const ids: Uint8Array[] = []
  let port = 0
  for (let i = 0; i < POSTS; i++) {
    const cells = seededCells(`core ${address} ${i}`, CELLS_A_POST)
    ids.push(...cells.map((cell) => Buffer.from(hashOf(cell), "hex")))
    const socket = await post(relay, address, agent, Buffer.concat(cells))
    port = socket.localPort as number
  }
  return { endpoint: { address, port }, ids }
}

async function post(
  relay: ChildRelay,
  localAddress: string,
  agent: Agent,
  body: Uint8Array,
): Promise<Socket> {
  const headers = { "Content-Type": "application/octet-stream", "Content-Length": body.length }
  const to = {
    host: "127.0.0.1",
    port: relay.port,
    path: "/cells",
    method: "POST",
    headers,
    agent,
    localAddress,
  }
  const sent = request(to)
  sent.end(body)
  const [answer] = (await once(sent, "response")) as [IncomingMessage]
  const { socket } = answer
  answer.resume()
  await once(answer, "end")
  expect(answer.statusCode).toBe(200)
  return socket
}

/** @returns what an image of the memory, taken under traffic, says. */
async function dump(program: string): Promise<{
  readonly marks: number
  readonly idsHeld: number
  readonly addresses: number
  readonly tied: number
}> {
  const relay = await spawnRelay(join(freshFolder(), "relay.db"), program, UNPAID)
  const addresses = Array.from({ length: SENDERS }, (_, i) => `127.0.3.${i + 20}`)
  const senders = await Promise.all(addresses.map((address) => sendFrom(relay, address)))
  await post(relay, "127.0.3.10", new Agent(), Buffer.alloc(CELL_BYTES, `${MARK} `))
  const memory = takeMemory(relay.process.pid as number)
  await relay.end("SIGKILL")
  let found = 0
  let tied = 0
  for (const { endpoint, ids } of senders) {
    const places = placesOfAddress(memory, endpoint)
    if (places.length > 0) found++
    tied += idsNear(memory, places, ids, REACH)
  }
  const newest = senders.flatMap(({ ids }) => ids.slice(-1))
  const idsHeld = newest.filter((id) => memory.includes(id)).length
  return { marks: placesOf(memory, Buffer.from(MARK)).length, idsHeld, addresses: found, tied }
}

test("The memory of a relay under traffic holds no address of a sender, and none beside a cell's name", async () => {
  const { marks, idsHeld, addresses, tied } = await dump("main.ts")
  // What was sent unsealed is found, and so are names of cells: the search does look at the memory.
  expect(marks).toBeGreaterThan(0)
  expect(idsHeld).toBeGreaterThan(0)
  expect({ addresses, tied }).toEqual({ addresses: 0, tied: 0 })
})

test("A relay that remembers who sent what is caught by the same search", async () => {
  const { addresses, tied } = await dump("testing/remembering-main.ts")
  expect(addresses).toBe(SENDERS)
  expect(tied).toBeGreaterThan(SENDERS * CELLS_A_POST)
})
