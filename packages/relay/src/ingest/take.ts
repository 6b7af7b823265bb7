import { createReadStream } from "node:fs"
import { readCarriedFile } from "@govah/core/veil"
import { RelayError } from "../relay-error.ts"
import type { PutResult, RelayStore } from "../store/port.ts"
import { nameCells } from "./name-cells.ts"

/** What became of a carried file. */
export interface Taken extends PutResult {
  /** Veiled pieces in which a bit has changed: lost, and nothing else with them. */
  readonly damaged: number
  /** Bytes after the last whole piece: the file was cut there, and they were left. */
  readonly cutBytes: number
}

/**
 * Takes a file or a stream of any length: cells one after another, plain or veiled (`spec/veil.md`). Every whole cell is durable when this
 * returns. Doing it again, after a fault or not, is harmless. Memory does not grow with the file.
 *
 * @throws RelayError `full`, saying how many cells of the file are safe. A file that cannot be read passes through.
 */
export async function takeFile(
  store: RelayStore,
  source: string | AsyncIterable<Uint8Array>,
): Promise<Taken> {
  const stream = typeof source === "string" ? createReadStream(source, { highWaterMark: READ_BYTES }) : source
  let stored = 0
  let known = 0
  try {
    const { primitives } = store.deps
    const { damaged, cutBytes } = await readCarriedFile(stream, primitives, async (cells) => {
      const result = await store.put({ cells: await nameCells(cells, primitives), lane: "reserved" })
      stored += result.stored
      known += result.known
    })
    return { stored, known, damaged, cutBytes }
  } catch (error) {
    if (!(error instanceof RelayError)) throw error
    throw new RelayError(error.code, `the store is full; ${stored + known} cells of the file are safe`, {
      cause: error,
    })
  }
}

const READ_BYTES = 1_048_576
