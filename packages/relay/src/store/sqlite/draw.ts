/** A random whole number from 0 up to a bound, not reached. */
export type Draw = (bound: number) => number

/**
 * Draws from random bytes that are asked for many at a time: asking the system for six costs more than writing a row.
 *
 * @param random - so many random bytes.
 */
export function createDraw(random: (bytes: number) => Uint8Array): Draw {
  let pool: Uint8Array = new Uint8Array(0)
  let at = 0
  return (bound) => {
    if (at === pool.length) [pool, at] = [random(POOL_BYTES), 0]
    const bytes = pool.subarray(at, at + DRAW_BYTES)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    // 48 random bits: which of 300,000 is drawn differs from an even chance by less than 1 in 10⁹.
    const drawn = (view.getUint16(0) * 2 ** 32 + view.getUint32(2)) % bound
    // What was drawn is not left in memory.
    bytes.fill(0)
    at += DRAW_BYTES
    return drawn
  }
}

/** Takes a random one out of a list, whose order means nothing. The list must not be empty. */
export function drawOut(list: number[], draw: Draw): number {
  const at = draw(list.length)
  const drawn = list[at] as number
  list[at] = list.at(-1) as number
  list.pop()
  return drawn
}

/** Puts one into a list at random, so that its order goes on meaning nothing. */
export function putAnywhere(list: number[], one: number, draw: Draw): void {
  const at = draw(list.length + 1)
  list.push(list[at] ?? one)
  list[at] = one
}

const DRAW_BYTES = 6
const POOL_BYTES = 1_024 * DRAW_BYTES
