import { toHex } from "../bytes/index.ts"
import {
  BODY_BYTES,
  CELL_BYTES,
  type CellId,
  type CellRun,
  commitTo,
  forgetToken,
  forgetTokens,
} from "../cell/index.ts"
import type { Awaitable, Primitives } from "../primitives/index.ts"

/** One cell of a parcel, ready for any road. Its bytes are lent until the next is pulled. */
export interface SealedCell {
  readonly id: CellId
  readonly bytes: Uint8Array
  /** Whether it is to travel before the others of its parcel: what it takes to read the words, and what is to be seen first. */
  readonly isAhead?: true
}

/** Where the next cell of a run stands, shared by all attachments of a parcel. */
export interface RunPosition {
  readonly run: CellRun
  /** Index of the next cell. */
  next: number
}

/** Cells that are being hashed at a time where the answer comes later: more gain nothing (`docs/adr/0010-lent-memory.md`). */
const CELLS_UNDER_WAY = 8

/**
 * Cuts a ciphertext stream into body cells and names them; the last is filled with random bytes, which look the same.
 *
 * A cell is the caller's only until it pulls the next: its memory is used again.
 *
 * @param forget - the parcel's forget secret, 32 B.
 * @param position - advanced by one a cell.
 */
export async function* cutCells(
  ciphertext: AsyncIterable<Uint8Array>,
  forget: Uint8Array,
  position: RunPosition,
  primitives: Primitives,
): AsyncGenerator<SealedCell, void, void> {
  const tokens = forgetTokens(forget)
  const underWay: { readonly bytes: Uint8Array; readonly digest: Awaitable<Uint8Array> }[] = []
  const spent: Uint8Array[] = []
  let atATime = 1
  let cell: Uint8Array = new Uint8Array(CELL_BYTES)
  let filled = 0
  const begin = (): void => {
    cell.set(commitTo(tokens(position.run, position.next++)), BODY_BYTES)
    const digest = primitives.sha256(cell)
    if (digest instanceof Promise) {
      atATime = CELLS_UNDER_WAY
      // Whoever stops pulling leaves what is under way behind.
      digest.catch(() => {})
    }
    underWay.push({ bytes: cell, digest })
    filled = 0
  }
  for await (const piece of ciphertext) {
    let offset = 0
    while (offset < piece.length) {
      const taken = Math.min(BODY_BYTES - filled, piece.length - offset)
      cell.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
      if (filled < BODY_BYTES) continue
      begin()
      while (underWay.length >= atATime) {
        const named = await nameOf(underWay.shift())
        yield named
        spent.push(named.bytes)
      }
      cell = spent.pop() ?? new Uint8Array(CELL_BYTES)
    }
  }
  if (filled > 0) {
    cell.set(primitives.random(BODY_BYTES - filled), filled)
    begin()
  }
  for (const one of underWay) yield await nameOf(one)
}

/** A cell of random bytes, the same to look at as any other. */
export function paddingCell(forget: Uint8Array, position: RunPosition, primitives: Primitives): Uint8Array {
  const cell = new Uint8Array(CELL_BYTES)
  cell.set(primitives.random(BODY_BYTES))
  cell.set(commitTo(forgetToken(forget, position.run, position.next++)), BODY_BYTES)
  return cell
}

/** Passes cells on, marked as those that travel first. */
export async function* ahead(cells: AsyncIterable<SealedCell>): AsyncGenerator<SealedCell, void, void> {
  for await (const cell of cells) yield { ...cell, isAhead: true }
}

async function nameOf(
  cell: { readonly bytes: Uint8Array; readonly digest: Awaitable<Uint8Array> } | undefined,
): Promise<SealedCell> {
  if (cell === undefined) throw new TypeError("no cell is under way")
  return { id: toHex(await cell.digest) as CellId, bytes: cell.bytes }
}
