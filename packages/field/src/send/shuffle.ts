import type { Primitives } from "@govah/core/primitives"

/** A copy in random order: which cells lie side by side in a bundle must not tell which belong together. */
export function shuffled<T>(items: readonly T[], primitives: Pick<Primitives, "random">): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = randomBelow(last + 1, primitives)
    const moved = order[last] as T
    order[last] = order[chosen] as T
    order[chosen] = moved
  }
  return order
}

// 2^48 values over at most 2^24 items: the bias is below 2^-24, and nothing secret hangs on it.
function randomBelow(limit: number, primitives: Pick<Primitives, "random">): number {
  return primitives.random(6).reduce((value, byte) => value * 256 + byte, 0) % limit
}
