import { toHex } from "../bytes/index.ts"
import { BODY_BYTES, CELL_BYTES, type CellId, cellId, commitTo, forgetToken } from "../cell/index.ts"
import { MAX_ATTACHMENT_BYTES, MAX_SLICES, payloadBytes, sliceFileKey } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { SealError } from "./seal-error.ts"
import { sealPayload } from "./seal-payload.ts"

/** Largest slice in bytes, 16 MiB: 2 s at 64 Mbit/s, more than a phone records. It is held in memory. */
export const MAX_SLICE_BYTES: number = 16 * 1024 ** 2

/** Ciphertext and the place in the file of cells where it belongs. */
export interface SliceWrite {
  readonly at: number
  readonly bytes: Uint8Array
}

/** A slice that is sealed and not yet part of the recording. */
export interface SealedSlice {
  /** Its place among the slices. */
  readonly index: number
  /** Its plaintext length. */
  readonly plaintextBytes: number
  /** No byte of an earlier slice is among them. */
  readonly writes: readonly SliceWrite[]
  /** Makes it part of the recording. Called when it is durable; what was not settled is sealed anew. */
  settle(): void
}

/** The slices of a recording as they become cells. */
export interface RecordingCells {
  /** Plaintext lengths of the settled slices. */
  readonly slices: readonly number[]
  /** Cells that are full, and the last one once it was filled. */
  readonly ids: readonly CellId[]
  /** Settled plaintext bytes. */
  readonly bytes: number
  /** @throws SealError `too-long`. */
  sealSlice(plaintext: Uint8Array): Promise<SealedSlice>
  /**
   * Fills the last cell up with random bytes: no slice can follow. May be called again and gives the same.
   *
   * @returns what is to be written, or null where the last cell was full.
   */
  fill(): Promise<SliceWrite | null>
  /** SHA-256 of the settled plaintext, hex; asked for after {@link fill}. */
  sha256(): string
}

/**
 * Where a recording's ciphertext ends in its file of cells.
 *
 * @returns the number of cells that hold it, and the gap that is left in the last: its place and length, 0 where none.
 */
export function tailOf(slices: readonly number[]): { cells: number; gapAt: number; gapBytes: number } {
  const total = slices.reduce((sum, bytes) => sum + payloadBytes(bytes), 0)
  const cells = Math.ceil(total / BODY_BYTES)
  const gapBytes = cells * BODY_BYTES - total
  return { cells, gapAt: (cells - 1) * CELL_BYTES + BODY_BYTES - gapBytes, gapBytes }
}

/**
 * The payloads of all slices lie one after another in body cells, so that a short slice costs no cell of its own. A
 * cell's commitment is written with its first byte: what a crash leaves is a cell but for the gap before it.
 *
 * @param recordingKey - 32 B. @param forget - 32 B. Both belong to the caller, who wipes them.
 */
export function recordingCells(
  recordingKey: Uint8Array,
  forget: Uint8Array,
  primitives: Primitives,
): RecordingCells {
  const slices: number[] = []
  const ids: CellId[] = []
  const hasher = primitives.hasher()
  let bytes = 0
  // The cell that is being filled, and how many bytes of its body there are; none at 0.
  let tail: Uint8Array = new Uint8Array(CELL_BYTES)
  let filled = 0
  let closed: { write: SliceWrite | null; sha256: string } | null = null

  async function place(ciphertext: Uint8Array): Promise<{
    writes: SliceWrite[]
    fullIds: CellId[]
    lastCell: Uint8Array
    lastFilled: number
  }> {
    const at = ids.length * CELL_BYTES + filled
    const after = filled + ciphertext.length
    const endAt = (ids.length + Math.floor(after / BODY_BYTES)) * CELL_BYTES + (after % BODY_BYTES)
    const run = new Uint8Array(endAt - at)
    const writes: SliceWrite[] = [{ at, bytes: run }]
    const fullIds: CellId[] = []
    // One cell at a time: what goes to the disk is a copy.
    const cell = tail.slice()
    let end = filled
    for (let offset = 0; offset < ciphertext.length; ) {
      const index = ids.length + fullIds.length
      const start = end
      if (start === 0) cell.set(commitTo(forgetToken(forget, "attachment", index)), BODY_BYTES)
      const taken = Math.min(BODY_BYTES - start, ciphertext.length - offset)
      cell.set(ciphertext.subarray(offset, offset + taken), start)
      offset += taken
      end = start + taken
      const isFull = end === BODY_BYTES
      run.set(cell.subarray(start, isFull ? CELL_BYTES : end), index * CELL_BYTES + start - at)
      if (isFull) {
        fullIds.push(await cellId(cell, primitives))
        end = 0
      } else if (start === 0) {
        writes.push({ at: index * CELL_BYTES + BODY_BYTES, bytes: cell.slice(BODY_BYTES) })
      }
    }
    return { writes, fullIds, lastCell: cell, lastFilled: end }
  }

  return {
    slices,
    ids,
    get bytes(): number {
      return bytes
    },
    sealSlice: async (plaintext) => {
      if (closed !== null) throw new TypeError("no slice follows the end of a recording")
      if (plaintext.length > MAX_SLICE_BYTES) {
        throw new SealError("too-long", `a slice holds at most ${MAX_SLICE_BYTES} bytes`)
      }
      if (slices.length === MAX_SLICES || bytes + plaintext.length > MAX_ATTACHMENT_BYTES) {
        throw new SealError(
          "too-long",
          `a recording holds ${MAX_SLICES} slices and ${MAX_ATTACHMENT_BYTES} bytes`,
        )
      }
      const index = slices.length
      const fileKey = sliceFileKey(recordingKey, index)
      const ciphertext = new Uint8Array(payloadBytes(plaintext.length))
      let sealed = 0
      for await (const piece of sealPayload(fileKey, [plaintext], primitives)) {
        ciphertext.set(piece, sealed)
        sealed += piece.length
      }
      fileKey.fill(0)
      const { writes, fullIds, lastCell, lastFilled } = await place(ciphertext)
      return {
        index,
        plaintextBytes: plaintext.length,
        writes,
        settle: () => {
          if (slices.length !== index) throw new TypeError(`slice ${index} was settled before`)
          hasher.update(plaintext)
          slices.push(plaintext.length)
          ids.push(...fullIds)
          bytes += plaintext.length
          tail = lastCell
          filled = lastFilled
        },
      }
    },
    fill: async () => {
      if (closed !== null) return closed.write
      let write: SliceWrite | null = null
      if (filled > 0) {
        const filler = primitives.random(BODY_BYTES - filled)
        tail.set(filler, filled)
        write = { at: ids.length * CELL_BYTES + filled, bytes: filler }
        ids.push(await cellId(tail, primitives))
      }
      closed = { write, sha256: toHex(hasher.digest()) }
      return write
    },
    sha256: () => {
      if (closed === null) throw new TypeError("the recording has not ended")
      return closed.sha256
    },
  }
}
