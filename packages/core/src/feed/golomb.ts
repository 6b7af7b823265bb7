// A Golomb-Rice-coded set: sorted numbers as the differences between them, each as a quotient in ones and a zero, and a
// remainder in a fixed number of bits. Source: `spec/feed.md`.

/**
 * Codes positions as a set of one length: `count · (bits + 2) / 8` bytes, whatever they are.
 *
 * @param positions - ascending, none twice, each below `positions.length · 2^bits`.
 * @param bits - of a remainder, 1 to 48. `positions.length · (bits + 2)` is a multiple of 8.
 */
export function encodePositions(positions: readonly bigint[], bits: number): Uint8Array {
  const bytes = new Uint8Array((positions.length * (bits + 2)) / 8)
  let at = 0
  const set = (): void => {
    bytes[at >> 3] = (bytes[at >> 3] as number) | (0x80 >> (at & 7))
    at++
  }
  let before = 0n
  for (const position of positions) {
    const difference = position - before
    before = position
    for (let quotient = difference >> BigInt(bits); quotient > 0n; quotient--) set()
    at++
    // At most 48 bits, exact in a number, in two halves that shifts can reach.
    const remainder = Number(difference & ((1n << BigInt(bits)) - 1n))
    const halves = [Math.floor(remainder / 2 ** 24), remainder % 2 ** 24] as const
    for (let bit = bits - 1; bit >= 0; bit--) {
      if (((bit >= 24 ? halves[0] >> (bit - 24) : halves[1] >> bit) & 1) === 1) set()
      else at++
    }
  }
  return bytes
}

/**
 * The positions in a coded set, or null where the bytes are not the one coding of any.
 *
 * @param received - attacker-controlled; the caller bounds the length. Memory and time grow with it alone.
 */
export function decodePositions(received: Uint8Array, count: number, bits: number): readonly bigint[] | null {
  if (received.length * 8 !== count * (bits + 2)) return null
  const end = received.length * 8
  let at = 0
  const next = (): number => {
    const bit = ((received[at >> 3] as number) >> (7 - (at & 7))) & 1
    at++
    return bit
  }
  const limit = BigInt(count) << BigInt(bits)
  const positions: bigint[] = []
  let before = 0n
  for (let i = 0; i < count; i++) {
    let quotient = 0
    while (at < end && next() === 1) quotient++
    if (at + bits > end) return null
    // A remainder has at most 48 bits: exact in a number.
    let remainder = 0
    for (let bit = 0; bit < bits; bit++) remainder = remainder * 2 + next()
    const difference = (BigInt(quotient) << BigInt(bits)) + BigInt(remainder)
    if (i > 0 && difference === 0n) return null
    before += difference
    if (before >= limit) return null
    positions.push(before)
  }
  while (at < end) if (next() === 1) return null
  return positions
}
