import { spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { median } from "../figures.ts"
import { type HttpLine, openLine } from "./http-line.ts"
import { startServer } from "./processes.ts"

/** What a relay needs that holds much and is asked little. */
export interface Holding {
  /** Resident, MB, with everybody connected and after the listing was read. */
  readonly memoryMB: number
  readonly pageMedianMs: number
  readonly pageWorstMs: number
}

const PAGE_CELLS = 256
const SHORT_BYTES = 64
const AT_ONCE = 100

/**
 * A relay with so many cells (short ones) and so many connections on which somebody has asked for a feed and waits; then
 * a desk reads the listing.
 */
export async function measureHolding(
  folder: string,
  cells: number,
  readers: number,
  pages: number,
): Promise<Holding> {
  const file = join(folder, "many.db")
  const program = fileURLToPath(new URL("short-cells.ts", import.meta.url))
  const filled = spawnSync(process.execPath, [program, "fill", file, `${cells}`], { encoding: "utf8" })
  if (filled.status !== 0) throw new Error(filled.stderr)
  const capability = filled.stdout.trim()
  const server = await startServer("short-cells.ts", ["serve", file])
  const lines: HttpLine[] = []
  const numbers = Array.from({ length: readers }, (_, i) => i).values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const _ of numbers) lines.push(await connectReader(server.port))
    }),
  )
  const desk = await openLine(server.port)
  const times: number[] = []
  let cursor = ""
  let read = 0
  for (let page = 0; page < pages; page++) {
    const query = cursor === "" ? "" : `?after=${cursor}`
    const start = performance.now()
    const answer = await desk.ask(
      `GET /cells${query} HTTP/1.1\r\nAuthorization: Bearer ${capability}\r\n`,
      new Uint8Array(0),
    )
    times.push(performance.now() - start)
    if (answer.status !== 200) throw new Error(`a page answered ${answer.status}`)
    cursor = answer.headers.get("govah-cursor") ?? ""
    read += answer.body.length / SHORT_BYTES
  }
  if (read < pages * PAGE_CELLS * 0.8) throw new Error(`${pages} pages had ${read} cells`)
  const memoryMB = server.memory()
  for (const line of [...lines, desk]) line.end()
  await server.stop()
  rmSync(file)
  return { memoryMB, pageMedianMs: median(times), pageWorstMs: Math.max(...times) }
}

// The desk has no feed here: the answer is the same for all, and as long as any.
async function connectReader(port: number): Promise<HttpLine> {
  const line = await openLine(port)
  const desk = Buffer.alloc(32, 7).toString("base64url")
  const { status } = await line.ask(`GET /feed/${desk}/head HTTP/1.1\r\n`, new Uint8Array(0))
  if (status !== 404) throw new Error(`a feed answered ${status}`)
  return line
}
