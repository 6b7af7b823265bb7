import { concatBytes } from "../bytes/index.ts"
import { BODY_BYTES, CELL_BYTES, type CellRun, commitTo, forgetToken } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"

/** Where the next cell of a run stands, shared by all attachments of a parcel. */
export interface RunPosition {
  readonly run: CellRun
  /** Index of the next cell. */
  next: number
}

/**
 * Cuts a ciphertext stream into body cells; the last is filled with random bytes, which look the same.
 *
 * @param forget - the parcel's forget secret, 32 B.
 * @param position - advanced by one a cell.
 */
export async function* cutCells(
  ciphertext: AsyncIterable<Uint8Array>,
  forget: Uint8Array,
  position: RunPosition,
  primitives: Primitives,
): AsyncGenerator<Uint8Array, void, void> {
  let body = new Uint8Array(BODY_BYTES)
  let filled = 0
  for await (const piece of ciphertext) {
    let offset = 0
    while (offset < piece.length) {
      const taken = Math.min(BODY_BYTES - filled, piece.length - offset)
      body.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
      if (filled === BODY_BYTES) {
        yield bodyCell(body, forget, position)
        body = new Uint8Array(BODY_BYTES)
        filled = 0
      }
    }
  }
  if (filled > 0) {
    body.set(primitives.random(BODY_BYTES - filled), filled)
    yield bodyCell(body, forget, position)
  }
}

/** A cell of random bytes, the same to look at as any other. */
export function paddingCell(forget: Uint8Array, position: RunPosition, primitives: Primitives): Uint8Array {
  return bodyCell(primitives.random(BODY_BYTES), forget, position)
}

function bodyCell(body: Uint8Array, forget: Uint8Array, position: RunPosition): Uint8Array {
  const commitment = commitTo(forgetToken(forget, position.run, position.next++))
  const cell = concatBytes(body, commitment)
  if (cell.length !== CELL_BYTES) throw new RangeError(`a cell is ${CELL_BYTES} bytes, not ${cell.length}`)
  return cell
}
