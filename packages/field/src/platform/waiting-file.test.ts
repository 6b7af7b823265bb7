import { CELL_BYTES } from "@govah/core/cell"
import { readCarriedFile } from "@govah/core/veil"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { waitingFile } from "./waiting-file.ts"

const blob = (...parts: readonly Uint8Array[]): Blob => new Blob(parts.map((part) => new Uint8Array(part)))

/** Cells as whoever is handed the file finds them, in its order. */
async function carried(file: Blob): Promise<readonly string[]> {
  const cells: string[] = []
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(await file.arrayBuffer())
  }
  const read = await readCarriedFile(bytes(), p, async (batch) => {
    for (const cell of batch) cells.push(Buffer.from(cell).toString("base64"))
  })
  expect([read.kind, read.damaged, read.cutBytes]).toEqual(["veiled", 0, 0])
  return cells
}

test("every cell goes out once and under a veil, in an order that does not tell which belong together", async () => {
  const cells = Array.from({ length: 40 }, () => p.random(CELL_BYTES))
  // Two files, one cell in both; a place that was never written; a rest that a crash left.
  const files = [
    blob(...cells.slice(0, 20), new Uint8Array(CELL_BYTES), p.random(100)),
    blob(...cells.slice(19)),
  ]
  const made = await waitingFile(files, 0, p)
  const texts = cells.map((cell) => Buffer.from(cell).toString("base64"))
  const found = await carried((made as NonNullable<typeof made>).file)
  expect(found.toSorted()).toEqual(texts.toSorted())
  // Positive control of the order: as they lie they would tell. The odds of the same order by chance are 1 in 40!.
  expect(found).not.toEqual(texts)
  expect(made?.next).toBe(null)
  expect(made?.name).toMatch(/^[2-9a-z]{8}\.bin$/)
  // Nothing of a cell is readable in it.
  const bytes = Buffer.from(await (made as NonNullable<typeof made>).file.arrayBuffer())
  for (const cell of cells) expect(bytes.includes(cell.subarray(0, 32))).toBe(false)
})

test("where nothing waits there is no file", async () => {
  expect(await waitingFile([], 0, p)).toBe(null)
  expect(await waitingFile([blob(new Uint8Array(3 * CELL_BYTES)), blob()], 0, p)).toBe(null)
})

test("what is more than a phone can hold comes in parts, which are everything together", async () => {
  // As many cells as two files hold and one, each different.
  const count = 41
  const bytes = new Uint8Array(count * CELL_BYTES)
  for (let i = 0; i < count; i++) new DataView(bytes.buffer).setUint32(i * CELL_BYTES, i + 1)
  const seen = new Set<string>()
  const parts: number[] = []
  for (let after: number | null = 0; after !== null; ) {
    const part: Awaited<ReturnType<typeof waitingFile>> = await waitingFile([new Blob([bytes])], after, p, 20)
    const found = await carried((part as NonNullable<typeof part>).file)
    for (const cell of found) seen.add(cell.slice(0, 8))
    parts.push(found.length)
    after = part?.next ?? null
  }
  expect([parts, seen.size]).toEqual([[20, 20, 1], count])
})
