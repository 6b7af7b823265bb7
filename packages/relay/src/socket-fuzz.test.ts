import { connect } from "node:net"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, test } from "vitest"
import { seededRandom, type SeededRandom } from "./testing/seizure/random.ts"
import { hashOf, postCells, seededCells, startRelay } from "./testing/test-relay.ts"

const ROUNDS = process.env["SLOW"] === undefined ? 300 : 20_000
const AT_ONCE = 8

/** Pieces of what HTTP allows, forbids and leaves open: what parsers have disagreed about. */
const LINES = [
  "POST /cells HTTP/1.1",
  "POST /cells HTTP/1.0",
  "POST /cells HTTP/9.9",
  "POST /cells",
  "POST //cells/../cells?x=%00 HTTP/1.1",
  "GET /cells?after=%ff HTTP/1.1",
  "HEAD /cells HTTP/1.1",
  "PUT /feed/x/1 HTTP/1.1",
  "OPTIONS * HTTP/1.1",
  "CONNECT 127.0.0.1:1 HTTP/1.1",
  "POST http://elsewhere.example/cells HTTP/1.1",
  "\u0000\u0001\u0002",
  "PRI * HTTP/2.0",
] as const
const HEADERS = [
  "Host: x",
  "Host: x\r\nHost: y",
  "Content-Type: application/octet-stream",
  "Content-Type: multipart/form-data; boundary=b",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Content-Length: 0x10",
  "Content-Length: 16384, 16384",
  "Content-Length: 16384\r\nContent-Length: 5",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding: xchunked",
  "Expect: 100-continue",
  "Expect: 200-maybe",
  "Connection: upgrade\r\nUpgrade: h2c",
  "Authorization: Bearer \u00ff",
  " folded: line",
  "no colon",
  `X-Long: ${"a".repeat(9_000)}`,
  Array.from({ length: 80 }, (_, i) => `X-${i}: 1`).join("\r\n"),
] as const
const BODIES = ["whole", "cut", "chunked", "bad chunks", "too long", "twice", "nothing"] as const

interface Attempt {
  readonly bytes: Buffer
  readonly cells: readonly Uint8Array[]
}

function makeAttempt(round: number, random: SeededRandom): Attempt {
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)] as T
  const cells = seededCells(`fuzz ${round}`, 1 + random.below(3))
  const body = Buffer.concat(cells)
  const kind = pick(BODIES)
  const isPlain = random.below(2) === 0
  const headers = [
    ...(isPlain ? ["Host: x", "Content-Type: application/octet-stream"] : []),
    ...(kind === "whole" || kind === "cut" ? [`Content-Length: ${body.length}`] : []),
    ...(kind.endsWith("hunks") || kind === "chunked" ? ["Transfer-Encoding: chunked"] : []),
    ...Array.from({ length: random.below(3) }, () => pick(HEADERS)),
  ]
  const head = `${isPlain ? LINES[0] : pick(LINES)}\r\n${random.shuffle(headers).join("\r\n")}\r\n\r\n`
  return { bytes: Buffer.concat([Buffer.from(head, "latin1"), dress(kind, body, random)]), cells }
}

function dress(kind: (typeof BODIES)[number], body: Buffer, random: SeededRandom): Buffer {
  const size = body.length.toString(16)
  switch (kind) {
    case "whole":
      return body
    case "cut":
      return body.subarray(0, random.below(body.length))
    case "chunked":
      return Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")])
    case "bad chunks":
      return Buffer.concat([Buffer.from(`${size}zz;\r\n`), body, Buffer.from("\r\n-1\r\n\r\n")])
    case "too long":
      return Buffer.concat([body, Buffer.from(random.bytes(66 * CELL_BYTES))])
    case "twice":
      return Buffer.concat([body, Buffer.from("POST /cells HTTP/1.1\r\nHost: x\r\n\r\n"), body])
    case "nothing":
      return Buffer.alloc(0)
  }
}

/** Sends, hangs up, and reads whatever came back until the relay has let go too. */
async function attack(port: number, { bytes }: Attempt): Promise<string> {
  let answer = ""
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")))
    socket.on("error", () => undefined)
    socket.on("close", () => resolve())
    socket.on("end", () => socket.end())
    socket.end(bytes)
  })
  return answer
}

test("Requests that are no HTTP, or nearly, leave a relay that answers and holds whole cells alone", async () => {
  const relay = await startRelay({ idleMs: 1_000, bodyMs: 1_000, workBits: 0 })
  const random = seededRandom("sockets")
  const attempts = Array.from({ length: ROUNDS }, (_, i) => makeAttempt(i, random))
  const answered = new Map<string, boolean>()
  const queue = attempts.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const attempt of queue) {
        const answer = await attack(relay.port, attempt)
        const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]))
        for (const cell of attempt.cells) answered.set(hashOf(cell), statuses.includes(200))
      }
    }),
  )
  const good = seededCells("after the fuzz", 3)
  expect((await postCells(relay.url, good)).status).toBe(200)

  const known = new Set([...answered.keys(), ...good.map(hashOf)])
  const names = await relay.store.names(null, 1_000_000)
  const kept = new Set(names.map(({ id }) => Buffer.from(id).toString("hex")))
  // Nothing but whole cells that were sent, and every one that was acknowledged.
  expect([...kept].filter((id) => !known.has(id))).toEqual([])
  expect([...answered].filter(([id, isTaken]) => isTaken && !kept.has(id))).toEqual([])
  expect(await relay.store.fsck()).toMatchObject({ damaged: [], structure: [] })
  // The fuzz does reach the store, and does not always.
  expect(kept.size).toBeGreaterThan(ROUNDS / 20)
  expect(kept.size).toBeLessThan(known.size)
})
