import { fold, words } from "./fold.ts"
import type { GazetteerPlace } from "./gazetteer.ts"

/** What was found for some letters. */
export interface Found {
  readonly place: GazetteerPlace
  /** The name that fits what was typed, as it is written. */
  readonly name: string
}

/** Names of places in the order of their folded spelling. */
export interface PlaceIndex {
  /** Where one name begins, or a later word of it. */
  readonly keys: readonly Key[]
}

interface Key {
  readonly text: string
  readonly place: GazetteerPlace
  readonly name: string
  /** How well it fits when it fits: 0 the name that is shown, 1 another spelling, 2 from a later word on. */
  readonly rank: number
  /** The rank, less up to one for a place that is large, or in the country that is known best: lower comes first. */
  readonly weight: number
}

const ARTICLE = /^ال(?=.{3})/

/**
 * Makes the index in steps, so that a page can answer taps between them: on a slow phone all of it takes longer than a tap
 * may wait.
 */
export function* indexPlaces(
  lists: readonly (readonly GazetteerPlace[])[],
): Generator<void, PlaceIndex, void> {
  const keys: Key[] = []
  let done = 0
  for (const place of lists.flat()) {
    addKeys(keys, place)
    if (++done % STEP === 0) yield
  }
  yield
  keys.sort(byText)
  return { keys }
}

/** Places a step: a few milliseconds on a slow phone. */
const STEP = 40

function addKeys(keys: Key[], place: GazetteerPlace): void {
  const seen = new Set<string>()
  const size = Math.log10(place.people + 1) / 10 + (place.within?.kind === "country" ? 0 : 0.5)
  const add = (text: string, name: string, rank: number): void => {
    if (text === "" || seen.has(text)) return
    seen.add(text)
    keys.push({ text, place, name, rank, weight: rank - size })
  }
  const [shown, other] = [[place.fa, place.en].filter((name) => name !== null), place.others]
  const split = [...shown, ...other].map((name) => [name, words(name)] as const)
  split.forEach(([name, list], n) => add(list.join(""), name, n < shown.length ? 0 : 1))
  for (const [name, list] of split) {
    // Arabic names are looked for without their article too.
    add(list.join("").replace(ARTICLE, ""), name, 1)
    for (let from = 1; from < list.length; from++) add(list.slice(from).join(""), name, 2)
  }
}

/**
 * Places whose name, or a later word of it, begins with what was typed; where none does, those that one letter stands
 * between. The exact name comes first, then the shown name, other spellings, later words; among equals, the larger.
 *
 * @param typed - free text of a person.
 * @param most - how many come back.
 */
export function findPlaces({ keys }: PlaceIndex, typed: string, most: number): readonly Found[] {
  const wanted = fold(typed)
  if (wanted === "") return []
  let fitting: Key[] = []
  for (let at = firstFrom(keys, wanted); keys[at]?.text.startsWith(wanted) === true; at++) {
    fitting.push(keys[at] as Key)
  }
  if (fitting.length === 0 && wanted.length >= 4) {
    fitting = keys.filter(({ text, rank }) => rank < 2 && text[0] === wanted[0] && begins(text, wanted))
  }
  const best = new Map<GazetteerPlace, { readonly key: Key; readonly score: number }>()
  for (const key of fitting) {
    const score = key.weight - (key.text === wanted ? 4 : 0)
    if (score < (best.get(key.place)?.score ?? Number.POSITIVE_INFINITY)) best.set(key.place, { key, score })
  }
  return [...best.values()]
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ key: { place, name } }) => ({ place, name }))
}

/** All places that are called what was typed, and nothing more: two or more, and the name alone says none of them. */
export function placesNamed({ keys }: PlaceIndex, typed: string): readonly GazetteerPlace[] {
  const wanted = fold(typed)
  const named = new Set<GazetteerPlace>()
  for (let at = firstFrom(keys, wanted); wanted !== "" && keys[at]?.text === wanted; at++) {
    if ((keys[at] as Key).rank < 2) named.add((keys[at] as Key).place)
  }
  return [...named]
}

function firstFrom(keys: readonly Key[], wanted: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as Key).text < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function byText(a: Key, b: Key): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : a.rank - b.rank
}

/** Whether `text` begins with `wanted` but for one letter that is missing, too much, wrong, or changed with its neighbour. */
function begins(text: string, wanted: string): boolean {
  let same = 0
  while (same < wanted.length && text[same] === wanted[same]) same++
  if (same === wanted.length) return true
  const rest = wanted.slice(same + 1)
  if (text.startsWith(rest, same + 1) || text.startsWith(rest, same)) return true
  if (text.startsWith(wanted.slice(same), same + 1)) return true
  return (
    text[same] === wanted[same + 1] &&
    text[same + 1] === wanted[same] &&
    text.startsWith(wanted.slice(same + 2), same + 2)
  )
}
