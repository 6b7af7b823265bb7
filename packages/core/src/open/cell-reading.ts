import { type CellId, COMMITMENT_BYTES } from "../cell/index.ts"
import { parseCellList } from "../parcel/index.ts"
import { OpenError } from "./open-error.ts"

/** Looks a cell up among those that have arrived; null where it has not. */
export type GetCell = (id: CellId) => Uint8Array | null | Promise<Uint8Array | null>

/** @throws OpenError `malformed`. */
export function requireCellList(text: string): readonly CellId[] {
  const ids = parseCellList(text)
  if (ids === null) throw new OpenError("malformed", "a list of cells is not whole ids")
  return ids
}

/** What cells carry, in order. @throws OpenError `missing-cell`. */
export async function* bodiesOf(
  ids: readonly CellId[],
  getCell: GetCell,
): AsyncGenerator<Uint8Array, void, void> {
  for (const [index, id] of ids.entries()) {
    const cell = await getCell(id)
    if (cell === null)
      throw new OpenError("missing-cell", `cell ${index + 1} of ${ids.length} has not arrived`)
    yield cell.subarray(0, cell.length - COMMITMENT_BYTES)
  }
}

/** Bytes of a stream, taken a known number at a time, as the payloads of slices lie one after another. */
export interface ByteReader {
  /** The next `byteLength` bytes, or fewer where the stream ends. Read to its end before the next is asked for. */
  take(byteLength: number): AsyncGenerator<Uint8Array, void, void>
  close(): Promise<void>
}

export function byteReader(stream: AsyncGenerator<Uint8Array, void, void>): ByteReader {
  let rest: Uint8Array = new Uint8Array(0)
  async function* take(byteLength: number): AsyncGenerator<Uint8Array, void, void> {
    let left = byteLength
    while (left > 0) {
      if (rest.length === 0) {
        const next = await stream.next()
        if (next.done === true) return
        rest = next.value
      }
      const piece = rest.subarray(0, left)
      rest = rest.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
  return { take, close: async () => void (await stream.return()) }
}
