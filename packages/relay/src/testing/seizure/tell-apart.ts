import { seededRandom } from "./random.ts"

/**
 * How well two kinds of answers are told apart by how long they took.
 *
 * Learns from half of the times how often each length is of the one kind and of the other, and judges the rest.
 *
 * @param one - milliseconds, as many as `other`.
 * @returns share of right answers; a coin gets 0.5.
 */
export function tellApart(one: readonly number[], other: readonly number[], seed: string): number {
  const random = seededRandom(`${seed} times`)
  const [first, second] = [random.shuffle(one), random.shuffle(other)]
  const half = Math.floor(Math.min(first.length, second.length) / 2)
  const lessons = [...first.slice(0, half), ...second.slice(0, half)]
  // Bins with as many lessons in each, so that the crowded middle is cut as finely as it can be.
  const sorted = lessons.toSorted((a, b) => a - b)
  const edges = Array.from({ length: BINS - 1 }, (_, i) =>
    Number(sorted[Math.floor(((i + 1) * sorted.length) / BINS)]),
  )
  const binOf = (time: number): number => edges.filter((edge) => edge <= time).length
  const balance = new Float64Array(BINS)
  const add = (times: readonly number[], by: number): void => {
    for (const time of times) {
      const bin = binOf(time)
      balance[bin] = (balance[bin] as number) + by
    }
  }
  add(first.slice(0, half), 1)
  add(second.slice(0, half), -1)
  const isOne = (time: number): boolean => (balance[binOf(time)] as number) > 0
  const right =
    first.slice(half, 2 * half).filter(isOne).length +
    second.slice(half, 2 * half).filter((time) => !isOne(time)).length
  return right / (2 * half)
}

const BINS = 24
