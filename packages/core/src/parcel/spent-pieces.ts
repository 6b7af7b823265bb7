/**
 * Memory of pieces that a consumer has done with, to be used again: fresh memory costs a stream more than its cipher.
 *
 * Holds as many as chunks are under way, since a piece is lent for one turn.
 */
export interface SpentPieces {
  /** A spent piece of exactly this length, if there is one. */
  take(bytes: number): Uint8Array | undefined
  giveBack(piece: Uint8Array): void
  /** Overwrites all with zeros. */
  wipe(): void
}

export function spentPieces(): SpentPieces {
  const pieces: Uint8Array[] = []
  return {
    // The last chunk of a payload may be shorter, and what is short costs little.
    take: (bytes) => (pieces.at(-1)?.length === bytes ? pieces.pop() : undefined),
    giveBack: (piece) => void pieces.push(piece),
    wipe: () => {
      for (const piece of pieces) piece.fill(0)
    },
  }
}
