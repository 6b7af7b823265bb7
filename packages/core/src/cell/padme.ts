/**
 * The smallest Padmé length that is at least `count`: the number of cells that a parcel shows.
 *
 * At most 12 % more, and the size leaks O(log log) bits. Source: Nikitin et al., "Reducing Metadata Leakage from
 * Encrypted Files and Communication with PURBs" (2019), section 4.
 *
 * @param count - 1 to 2^40 cells.
 */
export function padme(count: number): number {
  if (count < 2) return count
  const exponent = Math.floor(Math.log2(count))
  const significant = Math.floor(Math.log2(exponent)) + 1
  const step = 2 ** Math.max(0, exponent - significant)
  return Math.ceil(count / step) * step
}
