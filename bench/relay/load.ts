import { createHash, randomBytes } from "node:crypto"
import { once } from "node:events"
import { CELL_BYTES } from "@govah/core/cell"
import { formatWork, type Price, parsePrice, searchWork } from "@govah/core/work"
import { median } from "../figures.ts"
import { openLine } from "./http-line.ts"

// The load, in a process of its own. Argument: a JSON job. Prints `ready` when everything is made and connected, begins
// with the first byte on its input, and prints what it took as one JSON line.

/** What to send. */
export interface LoadJob {
  readonly kind: "relay" | "tus"
  readonly port: number
  readonly connections: number
  readonly requests: number
  readonly cellsARequest: number
  /** Requests a second, each at its time whether others were answered or not; null for as fast as they are answered. */
  readonly perSecond: number | null
}

/** What it took. */
export interface LoadFigures {
  readonly seconds: number
  /** From the time that a request was due until its answer. */
  readonly medianMs: number
  readonly p99Ms: number
}

const job = JSON.parse(process.argv[2] as string) as LoadJob
const bodies = Array.from({ length: job.requests }, () => randomBytes(job.cellsARequest * CELL_BYTES))
const price = job.kind === "tus" ? null : await askPrice()
const heads = bodies.map((body) => (job.kind === "tus" ? tusHead(body) : relayHead(body)))
// Connected last: a relay lets nobody wait for long who says nothing.
const lines = await Promise.all(Array.from({ length: job.connections }, () => openLine(job.port)))
console.log("ready")
await once(process.stdin, "data")

const start = performance.now()
const dueAt = (i: number): number =>
  job.perSecond === null ? performance.now() : start + (i * 1000) / job.perSecond
const took: number[] = []
let next = 0
await Promise.all(
  lines.map(async (line) => {
    while (next < bodies.length) {
      const i = next++
      const due = dueAt(i)
      const early = due - performance.now()
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      const { status, body } = await line.ask(heads[i] as string, bodies[i] as Uint8Array)
      check(status, body)
      took.push(performance.now() - due)
    }
  }),
)
const figures: LoadFigures = {
  seconds: (performance.now() - start) / 1000,
  medianMs: median(took),
  p99Ms: took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] as number,
}
console.log(JSON.stringify(figures))
for (const line of lines) line.end()
process.exit()

// What a sender has worked for before it sends: the relay checks it, cell by cell, inside the timed part.
function relayHead(body: Uint8Array): string {
  const head = "POST /cells HTTP/1.1\r\nContent-Type: application/octet-stream\r\n"
  if (price === null) return head
  const ids = Array.from({ length: job.cellsARequest }, (_, i) =>
    createHash("sha256")
      .update(body.subarray(i * CELL_BYTES, (i + 1) * CELL_BYTES))
      .digest(),
  )
  const nonces = ids.map((id) => searchWork(price, id, price.bits).step(2 ** 32) as Uint8Array)
  return `${head}Govah-Work: ${formatWork({ day: price.day, nonces })}\r\n`
}

async function askPrice(): Promise<Price | null> {
  const line = await openLine(job.port)
  const { status, body } = await line.ask("GET /price HTTP/1.1\r\n", new Uint8Array(0))
  line.end()
  return status === 200 ? parsePrice(body) : null
}

// The shortest way that tus has: an upload made and filled by one request.
function tusHead(body: Uint8Array): string {
  return `POST /files HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: ${body.length}\r\nContent-Type: application/offset+octet-stream\r\n`
}

function check(status: number, body: Uint8Array): void {
  const isGood =
    job.kind === "tus"
      ? status === 201
      : status === 200 &&
        body.length === Math.ceil(job.cellsARequest / 8) + 32 &&
        body.subarray(0, -32).every((bits, i) => bits === expectedBits(i))
  if (!isGood) throw new Error(`${job.kind} answered ${status}`)
}

function expectedBits(byte: number): number {
  return (0xff << Math.max(0, 8 * (byte + 1) - job.cellsARequest)) & 0xff
}
