import { CELL_BYTES, looksLikeRoot } from "@govah/core/cell"

// Chi-squared over 255 degrees of freedom: random bytes stay within 255 ± 23, so that a sealed cell passes 450 with a
// probability below 2^-40; the first 16 KiB of photos, videos, documents and texts lie in the thousands.
const MOST_CHI_SQUARED = 450

/**
 * Whether a cell could be sealed: a root, or bytes that look random. Only the plain page asks, because only there does
 * a person choose a file by hand, and may choose the photo itself. `POST /cells` takes what it is given.
 */
export function looksSealed(cell: Uint8Array): boolean {
  if (looksLikeRoot(cell)) return true
  const counts = new Uint32Array(256)
  for (const byte of cell) counts[byte] = (counts[byte] as number) + 1
  const expected = CELL_BYTES / 256
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return chiSquared < MOST_CHI_SQUARED
}
