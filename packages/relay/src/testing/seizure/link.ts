import type { Coordinates } from "./coordinates.ts"
import { seededRandom } from "./random.ts"

/** A cell as the examiner's teacher knows it. */
export interface Labelled {
  readonly parcel: number
  readonly sender: number
  readonly desk: number
  /** What the relay's specification admits: the listing window and the day. Pairs are never told apart by it. */
  readonly admitted: string
}

/** What two cells have in common. */
export type Link = "one parcel" | "one sender" | "one desk"

/** How well an examiner did. */
export interface LinkResult {
  /** Share of pairs told rightly; a coin gets 0.5, since half of the pairs are linked. */
  readonly accuracy: number
  /** Pairs that were judged; the examiner learnt from others. */
  readonly pairs: number
  /** Three standard deviations of a coin on as many cells as these pairs are made of. */
  readonly noise: number
  /** The place that told most. */
  readonly best: string
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly isLinked: boolean
}

interface Rule {
  groupOf(cell: Labelled): number
  isLinked(a: Labelled, b: Labelled): boolean
  isApart(a: Labelled, b: Labelled): boolean
}

const RULES: Readonly<Record<Link, Rule>> = {
  "one parcel": {
    groupOf: ({ parcel }) => parcel,
    isLinked: () => true,
    isApart: (a, b) => a.sender !== b.sender,
  },
  "one sender": {
    groupOf: ({ sender }) => sender,
    isLinked: (a, b) => a.parcel !== b.parcel,
    isApart: (a, b) => a.sender !== b.sender,
  },
  "one desk": {
    groupOf: ({ desk }) => desk,
    isLinked: (a, b) => a.parcel !== b.parcel,
    isApart: (a, b) => a.desk !== b.desk,
  },
}

const MOST_PAIRS = 40_000
const BINS = 64

/**
 * Tries to say of two cells whether they are of one parcel, of two parcels of one sender, or for one desk, from where they
 * lie.
 *
 * Each pair that is linked has a pair that is not in the very same windows and days, so that nothing which the
 * specification admits helps. The examiner learns from the pairs of half of the cells and is judged by the others.
 */
export function tryToLink(
  link: Link,
  cells: readonly Labelled[],
  coordinates: Coordinates,
  seed: string,
): LinkResult {
  const random = seededRandom(`${seed} ${link}`)
  const isTaught = cells.map(() => false)
  // By parcel, not by cell: what was learnt of one cell of a parcel must not help with another of it.
  const parcels = new Map<number, boolean>()
  cells.forEach(({ parcel }, i) => {
    if (!parcels.has(parcel)) parcels.set(parcel, random.below(2) === 0)
    isTaught[i] = parcels.get(parcel) as boolean
  })
  const indexes = cells.map((_, i) => i)
  const lessons = makePairs(
    link,
    cells,
    indexes.filter((i) => isTaught[i]),
    random.below,
  )
  const exam = makePairs(
    link,
    cells,
    indexes.filter((i) => !isTaught[i]),
    random.below,
  )
  const places = [...coordinates.byName].map(([name, numbers]) => ({ name, weigh: learn(lessons, numbers) }))
  const judge = (pairs: readonly Pair[], weighs: readonly ((pair: Pair) => number)[]): number =>
    pairs.filter((pair) => sum(weighs.map((weigh) => weigh(pair))) > 0 === pair.isLinked).length /
    pairs.length
  const weighs = places.map(({ weigh }) => weigh)
  const singles = places.map(({ name, weigh }) => ({ name, accuracy: judge(lessons, [weigh]) }))
  singles.sort((a, b) => b.accuracy - a.accuracy)
  // All places together, or the three that told most: several that repeat one another can drown a good one.
  const few = singles.slice(0, 3).map(({ name }) => places.find((place) => place.name === name)!.weigh)
  const one = few.slice(0, 1)
  const chosen = [weighs, few, one].toSorted((a, b) => judge(lessons, b) - judge(lessons, a))[0] ?? weighs
  const cellsJudged = new Set(exam.flatMap(({ a, b }) => [a, b])).size
  return {
    accuracy: judge(exam, chosen),
    pairs: exam.length,
    noise: (3 * 0.5) / Math.sqrt(Math.min(exam.length, cellsJudged)),
    best: singles[0]?.name ?? "nothing",
  }
}

function makePairs(
  link: Link,
  cells: readonly Labelled[],
  indexes: readonly number[],
  below: (limit: number) => number,
): Pair[] {
  const cellAt = (i: number): Labelled => cells[i] as Labelled
  const byAdmitted = Map.groupBy(indexes, (i) => cellAt(i).admitted)
  const { groupOf, isLinked, isApart } = RULES[link]
  // Close pairs are what order could tell; those of two windows are told by the windows.
  const groups = Map.groupBy(indexes, (i) => `${groupOf(cellAt(i))} ${cellAt(i).admitted}`)
  const linked: Pair[] = []
  for (const group of groups.values()) {
    for (let tries = 0; tries < group.length * 2; tries++) {
      const [a, b] = [group[below(group.length)] as number, group[below(group.length)] as number]
      if (a !== b && isLinked(cellAt(a), cellAt(b))) linked.push({ a, b, isLinked: true })
    }
  }
  const pairs: Pair[] = []
  for (const pair of linked.slice(0, MOST_PAIRS / 2)) {
    const same = byAdmitted.get(cellAt(pair.a).admitted) as number[]
    for (let tries = 0; tries < 50; tries++) {
      const [a, b] = [same[below(same.length)] as number, same[below(same.length)] as number]
      if (!isApart(cellAt(a), cellAt(b))) continue
      pairs.push(pair, { a, b, isLinked: false })
      break
    }
  }
  return pairs
}

/** Learns how much a distance in one place speaks for a link: logarithms of how often it was seen with and without. */
function learn(lessons: readonly Pair[], numbers: Float64Array): (pair: Pair) => number {
  const linked = new Float64Array(BINS + 1).fill(1)
  const apart = new Float64Array(BINS + 1).fill(1)
  const binOf = ({ a, b }: Pair): number => {
    const distance = Math.abs((numbers[a] as number) - (numbers[b] as number))
    return Number.isNaN(distance) ? BINS : Math.min(BINS - 1, Math.floor(2 * Math.log2(1 + distance)))
  }
  for (const pair of lessons) (pair.isLinked ? linked : apart)[binOf(pair)]!++
  const [all, none] = [sum([...linked]), sum([...apart])]
  const weights = linked.map((count, i) => Math.log(count / all / ((apart[i] as number) / none)))
  return (pair) => weights[binOf(pair)] as number
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
