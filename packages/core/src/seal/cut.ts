import { BODY_BYTES, CELL_BYTES, type CellRun, commitTo, forgetToken, forgetTokens } from "../cell/index.ts"
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
  const tokens = forgetTokens(forget)
  let cell = new Uint8Array(CELL_BYTES)
  let filled = 0
  for await (const piece of ciphertext) {
    let offset = 0
    while (offset < piece.length) {
      const taken = Math.min(BODY_BYTES - filled, piece.length - offset)
      cell.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
      if (filled === BODY_BYTES) {
        cell.set(commitTo(tokens(position.run, position.next++)), BODY_BYTES)
        yield cell
        cell = new Uint8Array(CELL_BYTES)
        filled = 0
      }
    }
  }
  if (filled > 0) {
    cell.set(primitives.random(BODY_BYTES - filled), filled)
    cell.set(commitTo(tokens(position.run, position.next++)), BODY_BYTES)
    yield cell
  }
}

/** A cell of random bytes, the same to look at as any other. */
export function paddingCell(forget: Uint8Array, position: RunPosition, primitives: Primitives): Uint8Array {
  const cell = new Uint8Array(CELL_BYTES)
  cell.set(primitives.random(BODY_BYTES))
  cell.set(commitTo(forgetToken(forget, position.run, position.next++)), BODY_BYTES)
  return cell
}
