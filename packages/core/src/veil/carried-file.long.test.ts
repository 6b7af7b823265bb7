import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { CELL_BYTES } from "../cell/index.ts"
import { readCarriedFile, veil, VEILED_CELL_BYTES } from "./index.ts"

const FILE_BYTES = 2_000_000_000

test.each(["veiled", "plain"] as const)("2 GB of %s cells are read in constant memory", async (kind) => {
  const cells = Array.from({ length: 256 }, () => p.random(CELL_BYTES))
  const block = Buffer.concat(
    kind === "plain" ? cells : await Promise.all(cells.map((cell) => veil(cell, p))),
  )
  const pieceBytes = kind === "plain" ? CELL_BYTES : VEILED_CELL_BYTES
  async function* stream(): AsyncGenerator<Uint8Array, void, void> {
    for (let sent = 0; sent < FILE_BYTES; sent += block.length) yield block
  }
  let peak = 0
  const before = process.memoryUsage().rss
  const started = performance.now()
  const file = await readCarriedFile(stream(), p, async () => {
    peak = Math.max(peak, process.memoryUsage().rss - before)
  })
  const seconds = (performance.now() - started) / 1000
  console.log(`${kind}: ${Math.round(FILE_BYTES / 1e6 / seconds)} MB/s, ${Math.round(peak / 1e6)} MB more`)
  expect(file).toMatchObject({ kind, damaged: 0, cutBytes: 0 })
  expect(file.cells).toBe((Math.ceil(FILE_BYTES / block.length) * block.length) / pieceBytes)
  // 1 MiB of buffer; the rest is what the collector has not yet taken away.
  expect(peak).toBeLessThan(200_000_000)
})
