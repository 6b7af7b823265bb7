import { CELL_BYTES } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { unveil, VEIL_BYTES, VEILED_CELL_BYTES } from "./veil.ts"

/** Most cells handed on at a time, and the veils that are tried before a file counts as a plain bundle: 1 MiB. */
export const CARRIED_BATCH_CELLS = 64

/** What a file that was carried by hand held. */
export interface CarriedFile {
  /** `veiled`: at least one of its first 64 veils opens. `plain`: cells one after another, or anything else. */
  readonly kind: "veiled" | "plain"
  /** Whole cells, handed on. */
  readonly cells: number
  /** Veils in which a bit has changed. What is under them is lost, and nothing else. */
  readonly damaged: number
  /** Bytes after the last whole piece: the file was cut there. */
  readonly cutBytes: number
}

/** Takes a batch. @param cells - overwritten once the promise has resolved. */
export type CellHandler = (cells: readonly Uint8Array[], kind: CarriedFile["kind"]) => Promise<void>

/**
 * Reads the cells of a carried file, veiled or plain, of any length and in pieces of any size, in constant memory.
 *
 * Cutting, joining, repeating and mixing files of one kind changes nothing but what is missing. Source: `spec/veil.md`.
 *
 * @param stream - attacker-controlled.
 * @throws whatever the stream or `handle` throws.
 */
export async function readCarriedFile(
  stream: AsyncIterable<Uint8Array>,
  primitives: Pick<Primitives, "aeadOpen">,
  handle: CellHandler,
): Promise<CarriedFile> {
  const buffer = new Uint8Array(CARRIED_BATCH_CELLS * VEILED_CELL_BYTES)
  const reader = fillFrom(stream)
  try {
    let filled = await reader.fill(buffer, 0)
    const kind = (await holdsVeil(buffer.subarray(0, filled), primitives)) ? "veiled" : "plain"
    const pieceBytes = kind === "veiled" ? VEILED_CELL_BYTES : CELL_BYTES
    let cells = 0
    let damaged = 0
    while (filled >= pieceBytes) {
      const pieces = piecesOf(buffer.subarray(0, filled), pieceBytes)
      const whole = kind === "veiled" ? await unveilCells(pieces, primitives) : pieces
      if (whole.length > 0) await handle(whole, kind)
      cells += whole.length
      damaged += pieces.length - whole.length
      buffer.copyWithin(0, pieces.length * pieceBytes, filled)
      filled = await reader.fill(buffer, filled - pieces.length * pieceBytes)
    }
    return { kind, cells, damaged, cutBytes: filled }
  } finally {
    await reader.close()
  }
}

/**
 * Whether any of the veils at the beginning of a file opens.
 *
 * @param head - the first bytes of a file: 64 veiled cells, or all where there are fewer.
 */
export async function holdsVeil(
  head: Uint8Array,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<boolean> {
  return (await firstVeiled(head, CELL_BYTES, primitives)) !== null
}

/**
 * What lies under the first veil that opens of those at the beginning of a file, or null where none does.
 *
 * @param head - the first bytes of a file: 64 veils, or all where there are fewer.
 * @param payloadBytes - how long what is under each veil is.
 */
export async function firstVeiled(
  head: Uint8Array,
  payloadBytes: number,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<Uint8Array | null> {
  for (const piece of piecesOf(head, payloadBytes + VEIL_BYTES)) {
    const payload = await unveil(piece, primitives)
    if (payload !== null) return payload
  }
  return null
}

/**
 * Reads veils of one length, one after another, of a stream of any length and in pieces of any size, in constant memory.
 * A veil that does not open is passed over.
 *
 * @param stream - attacker-controlled.
 * @param payloadBytes - how long what is under each veil is.
 * @param handle - takes a batch of payloads.
 * @returns how many did not open.
 * @throws whatever the stream or `handle` throws.
 */
export async function readVeils(
  stream: AsyncIterable<Uint8Array>,
  payloadBytes: number,
  primitives: Pick<Primitives, "aeadOpen">,
  handle: (payloads: readonly Uint8Array[]) => Promise<void>,
): Promise<number> {
  const veilBytes = payloadBytes + VEIL_BYTES
  const buffer = new Uint8Array(CARRIED_BATCH_CELLS * veilBytes)
  const reader = fillFrom(stream)
  let damaged = 0
  try {
    let filled = await reader.fill(buffer, 0)
    while (filled >= veilBytes) {
      const pieces = piecesOf(buffer.subarray(0, filled), veilBytes)
      const whole = await unveilCells(pieces, primitives)
      if (whole.length > 0) await handle(whole)
      damaged += pieces.length - whole.length
      buffer.copyWithin(0, pieces.length * veilBytes, filled)
      filled = await reader.fill(buffer, filled - pieces.length * veilBytes)
    }
    return damaged
  } finally {
    await reader.close()
  }
}

function piecesOf(bytes: Uint8Array, pieceBytes: number): readonly Uint8Array[] {
  const count = Math.min(CARRIED_BATCH_CELLS, Math.floor(bytes.length / pieceBytes))
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes))
}

async function unveilCells(
  pieces: readonly Uint8Array[],
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<readonly Uint8Array[]> {
  const cells: Uint8Array[] = []
  for (const piece of pieces) {
    const cell = await unveil(piece, primitives)
    if (cell !== null) cells.push(cell)
  }
  return cells
}

interface Filler {
  /** Fills `buffer` from `from` on, until it is full or the stream ends. @returns how much of it is filled. */
  fill(buffer: Uint8Array, from: number): Promise<number>
  close(): Promise<void>
}

function fillFrom(stream: AsyncIterable<Uint8Array>): Filler {
  const iterator = stream[Symbol.asyncIterator]()
  let chunk: Uint8Array = new Uint8Array(0)
  let ended = false
  return {
    fill: async (buffer, from) => {
      let filled = from
      while (filled < buffer.length) {
        if (chunk.length === 0) {
          if (ended) break
          const next = await iterator.next()
          ended = next.done === true
          if (next.done !== true) chunk = next.value
          continue
        }
        const part = chunk.subarray(0, buffer.length - filled)
        buffer.set(part, filled)
        filled += part.length
        chunk = chunk.subarray(part.length)
      }
      return filled
    },
    close: async () => {
      if (!ended) await iterator.return?.()
    },
  }
}
