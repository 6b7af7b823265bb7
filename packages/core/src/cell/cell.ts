import { fromBase64NoPad, toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"

/**
 * The one size of everything that moves, in bytes. One size for all, so that a cell's length tells nothing.
 *
 * Why 16 KiB: `docs/adr/0016-cell-size-measured.md`.
 */
export const CELL_BYTES = 16_384

/** The forget commitment: SHA-256 of a 32-byte token that only the sealed root can derive. */
export const COMMITMENT_BYTES = 32

/** What a body cell carries besides its forget commitment. */
export const BODY_BYTES: number = CELL_BYTES - COMMITMENT_BYTES

declare const cellIdBrand: unique symbol
/** SHA-256 of a cell, 64 lower-case hex digits. */
export type CellId = string & { readonly [cellIdBrand]: true }

/** The name of a cell. @param cell - exactly {@link CELL_BYTES}; attacker-controlled. */
export async function cellId(cell: Uint8Array, primitives: Pick<Primitives, "sha256">): Promise<CellId> {
  return toHex(await primitives.sha256(cell)) as CellId
}

/** `text` as a cell id, or null where it is not 64 lower-case hex digits. */
export function parseCellId(text: string): CellId | null {
  return /^[0-9a-f]{64}$/.test(text) ? (text as CellId) : null
}

// A root cell is one whole age file, so that `age -d` opens it as it lies. Its commitment therefore stands in the age
// header, as an unknown stanza, which every age implementation passes over.
const ROOT_PREFIX = "age-encryption.org/v1\n-> forget "
const COMMITMENT_CHARS = 43

/**
 * The forget commitment of a cell, 32 bytes.
 *
 * Root cells (those that begin as an age file with a `forget` stanza first) carry it in that stanza; every other cell
 * carries it as its last 32 bytes. A cell whose stanza is malformed counts as a body cell. Source: `spec/cell.md`.
 */
export function forgetCommitment(cell: Uint8Array): Uint8Array {
  return rootCommitment(cell) ?? cell.slice(cell.length - COMMITMENT_BYTES)
}

/** Whether the cell begins as a root does. Anyone can see this: which cells are roots is not hidden. */
export function looksLikeRoot(cell: Uint8Array): boolean {
  return rootCommitment(cell) !== null
}

function rootCommitment(cell: Uint8Array): Uint8Array | null {
  const end = ROOT_PREFIX.length + COMMITMENT_CHARS
  if (cell.length <= end || cell[end] !== 0x0a) return null
  for (let i = 0; i < ROOT_PREFIX.length; i++) if (cell[i] !== ROOT_PREFIX.charCodeAt(i)) return null
  const argument = String.fromCharCode(...cell.subarray(ROOT_PREFIX.length, end))
  return fromBase64NoPad(argument)
}
