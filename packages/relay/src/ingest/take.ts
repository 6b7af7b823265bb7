import { createReadStream } from "node:fs"
import { CELL_BYTES } from "@govah/core/cell"
import { MAX_POST_CELLS } from "../limits.ts"
import { RelayError } from "../relay-error.ts"
import { nameCells, type PutResult, putCells } from "../store/cells.ts"
import type { Store } from "../store/store.ts"

/** What became of a bundle file. */
export interface Taken extends PutResult {
  /** Bytes after the last whole cell: the file was cut there, and they were left. */
  readonly cutBytes: number
}

/**
 * Takes a bundle from a file or a stream of any length: cells one after another. Every whole cell is durable when this
 * returns. Doing it again, after a fault or not, is harmless. Memory does not grow with the file.
 *
 * @throws RelayError `full`, saying how many cells of the file are safe. A file that cannot be read passes through.
 */
export async function takeFile(store: Store, source: string | AsyncIterable<Uint8Array>): Promise<Taken> {
  const stream = typeof source === "string" ? createReadStream(source, { highWaterMark: READ_BYTES }) : source
  let stored = 0
  let known = 0
  try {
    const cutBytes = await eachBatch(stream, async (cells) => {
      const result = putCells(store, await nameCells(cells, store.deps.primitives))
      stored += result.stored
      known += result.known
    })
    store.forgetOrder()
    return { stored, known, cutBytes }
  } catch (error) {
    if (!(error instanceof RelayError)) throw error
    throw new RelayError(error.code, `the store is full; ${stored + known} cells of the file are safe`, {
      cause: error,
    })
  }
}

/**
 * Cuts a stream into cells and hands them on, at most {@link MAX_POST_CELLS} at a time. The cells are views that are
 * overwritten once `handle` has resolved.
 *
 * @returns the bytes after the last whole cell.
 */
export async function eachBatch(
  stream: AsyncIterable<Uint8Array>,
  handle: (cells: readonly Uint8Array[]) => Promise<void>,
): Promise<number> {
  const batch = new Uint8Array(MAX_POST_CELLS * CELL_BYTES)
  const views = Array.from({ length: MAX_POST_CELLS }, (_, i) =>
    batch.subarray(i * CELL_BYTES, (i + 1) * CELL_BYTES),
  )
  let filled = 0
  for await (const chunk of stream) {
    let offset = 0
    while (offset < chunk.length) {
      const part = chunk.subarray(offset, offset + batch.length - filled)
      batch.set(part, filled)
      filled += part.length
      offset += part.length
      if (filled < batch.length) continue
      await handle(views)
      filled = 0
    }
  }
  const whole = Math.floor(filled / CELL_BYTES)
  if (whole > 0) await handle(views.slice(0, whole))
  return filled - whole * CELL_BYTES
}

const READ_BYTES = 1_048_576
