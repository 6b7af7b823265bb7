import { CELL_BYTES, forgetCommitment } from "@govah/core/cell"

/** What a piece is of: the name, the commitment, or the bytes from so far into the cell. */
export type PieceKind = "id" | "commitment" | `body ${number}`

const STEP = 512
const BODY_OFFSETS = Array.from({ length: (CELL_BYTES - STEP) / STEP }, (_, i) => (i + 1) * STEP)

/** Every kind, in the order of {@link pieces}. The first bytes of a root are the same for all: they name nothing. */
export const PIECE_KINDS: readonly PieceKind[] = [
  "id",
  "commitment",
  ...BODY_OFFSETS.map((offset): PieceKind => `body ${offset}`),
]

/** Bytes of one piece: enough that 10⁹ bytes of something else do not hold it by chance. */
export const PIECE_BYTES = 8

/** What names one cell wherever its bytes lie: on whichever page, cut however a database cuts a long row. */
export function pieces(id: Uint8Array, cell: Uint8Array): Uint8Array[] {
  const starts = BODY_OFFSETS.map((offset) => cell.subarray(offset, offset + PIECE_BYTES))
  return [id, forgetCommitment(cell), ...starts].map((bytes) =>
    Uint8Array.from(bytes.subarray(0, PIECE_BYTES)),
  )
}

/** One piece of one cell, found. */
export interface Found {
  /** Index among the cells that are looked for. */
  readonly cell: number
  /** Index into {@link PIECE_KINDS}. */
  readonly kind: number
  /** Bytes from the beginning of what was searched. */
  readonly offset: number
}

/**
 * Makes the search for all pieces of all cells at once: in live pages, free pages, slack and logs alike, since it knows
 * nothing of pages. About 2 s for 500 MB.
 */
export function createSearch(
  cells: readonly { readonly pieces: readonly Uint8Array[] }[],
): (bytes: Uint8Array) => Found[] {
  const total = cells.length * PIECE_KINDS.length
  const sizeBits = Math.ceil(Math.log2(total * 2 + 2))
  const mask = 2 ** sizeBits - 1
  const slots = new Uint32Array(2 ** sizeBits)
  const keys = new Uint32Array(total * 2)
  // Whether any piece begins with these three bytes: nearly all of what is searched ends here.
  const begins = new Uint8Array(2 ** 24)
  cells.forEach((cell, i) => {
    cell.pieces.forEach((piece, kind) => {
      const n = i * PIECE_KINDS.length + kind
      const view = new DataView(piece.buffer, piece.byteOffset)
      keys[n * 2] = view.getUint32(0)
      keys[n * 2 + 1] = view.getUint32(4)
      begins[view.getUint32(0) >>> 8] = 1
      let at = (keys[n * 2 + 1] as number) & mask
      while (slots[at] !== 0) at = (at + 1) & mask
      slots[at] = n + 1
    })
  })

  return (bytes) => {
    const found: Found[] = []
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const end = bytes.length - PIECE_BYTES
    for (let offset = 0; offset <= end; offset++) {
      const head =
        ((bytes[offset] as number) << 16) |
        ((bytes[offset + 1] as number) << 8) |
        (bytes[offset + 2] as number)
      if (begins[head] === 0) continue
      const [high, low] = [view.getUint32(offset), view.getUint32(offset + 4)]
      for (let at = low & mask; slots[at] !== 0; at = (at + 1) & mask) {
        const n = (slots[at] as number) - 1
        if (keys[n * 2] !== high || keys[n * 2 + 1] !== low) continue
        found.push({
          cell: Math.floor(n / PIECE_KINDS.length),
          kind: n % PIECE_KINDS.length,
          offset,
        })
      }
    }
    return found
  }
}
