import type { Coordinates } from "./coordinates.ts"
import { seededRandom } from "./random.ts"

/** How well the desk of a cell was told by its neighbours. */
export interface DeskResult {
  readonly accuracy: number
  /** What the admitted windows alone told. */
  readonly chance: number
  readonly cells: number
  readonly noise: number
  readonly best: string
}

interface DeskCell {
  readonly desk: number
  readonly parcel: number
  readonly admitted: string
}

const NEIGHBOURS = 5

/**
 * Tries to say for which desk a cell is: the examiner knows the desks of half of the parcels, and looks which of those lie
 * nearest. Chance is what the same vote gives when every known cell of the window has a voice, near or not.
 */
export function tryToTellDesk(
  cells: readonly DeskCell[],
  coordinates: Coordinates,
  seed: string,
): DeskResult {
  const random = seededRandom(`${seed} desks`)
  const role = new Map<number, number>()
  for (const { parcel } of cells) if (!role.has(parcel)) role.set(parcel, random.below(4))
  const roleOf = (i: number): number => role.get((cells[i] as DeskCell).parcel) as number
  const windows = [...Map.groupBy(cells.keys(), (i) => (cells[i] as DeskCell).admitted).values()]
  const guess = (
    numbers: Float64Array | null,
    isAsked: (i: number) => boolean,
  ): { readonly right: number; readonly asked: number } => {
    let right = 0
    let asked = 0
    for (const window of windows) {
      const known = window.filter((i) => roleOf(i) < 2)
      for (const i of window) {
        if (!isAsked(i)) continue
        asked++
        const voices = numbers === null ? known : nearest(i, known, numbers)
        const desks = voices.map((voice) => (cells[voice] as DeskCell).desk)
        if (mostFrequent(desks) === (cells[i] as DeskCell).desk) right++
      }
    }
    return { right, asked }
  }
  // Chosen by a quarter of the parcels, judged by another.
  const tried = [...coordinates.byName].map(([name, numbers]) => ({
    name,
    numbers,
    right: guess(numbers, (i) => roleOf(i) === 2).right,
  }))
  tried.sort((a, b) => b.right - a.right)
  const best = tried[0]
  const judged = guess(best?.numbers ?? null, (i) => roleOf(i) === 3)
  const blind = guess(null, (i) => roleOf(i) === 3)
  return {
    accuracy: judged.right / judged.asked,
    chance: blind.right / blind.asked,
    cells: judged.asked,
    noise: (3 * 0.5) / Math.sqrt(judged.asked),
    best: best?.name ?? "nothing",
  }
}

function nearest(i: number, known: readonly number[], numbers: Float64Array): number[] {
  const here = numbers[i] as number
  return known
    .map((other) => ({ other, distance: Math.abs((numbers[other] as number) - here) }))
    .filter(({ distance }) => !Number.isNaN(distance))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS)
    .map(({ other }) => other)
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1
}
