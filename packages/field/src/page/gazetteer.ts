import { type ReadonlySignal, signal } from "@preact/signals"
import {
  type Gazetteer,
  type GazetteerPlace,
  indexPlaces,
  parseGazetteer,
  type PlaceIndex,
} from "../place/index.ts"

/** The names of places, once they are there. */
export interface Places {
  readonly index: PlaceIndex
  readonly list: readonly GazetteerPlace[]
  /** What they come from, to be named where they are shown. */
  readonly sources: readonly Pick<Gazetteer, "attribution" | "licence">[]
}

const loaded = signal<Places | null>(null)
let loading: Promise<void> | null = null
let pack: Gazetteer | null = null

/** Null until {@link loadPlaces} is done. */
export const places: ReadonlySignal<Places | null> = loaded

/** Uses these places too, from a pack that was read; null for none. */
export function usePack(next: Gazetteer | null): void {
  pack = next
  loaded.value = null
  loading = null
}

/** Fetches the built-in gazetteer, which is a file apart, and makes its index a little at a time. Harmless if repeated. */
export function loadPlaces(): Promise<void> {
  return (loading ??= load(pack).catch(() => {
    // Typing works without it; the next time that the question is opened it is tried again.
    loading = null
  }))
}

async function load(added: Gazetteer | null): Promise<void> {
  const { default: text } = await import("../place/built-in.txt?raw")
  await rest()
  const builtIn = parseGazetteer(text)
  const known = added === null ? builtIn.places : [...added.places, ...besides(builtIn.places, added.covers)]
  const steps = indexPlaces([known])
  for (let begun = performance.now(); ; ) {
    const step = steps.next()
    // Another pack came meanwhile.
    if (added !== pack) return
    if (step.done === true) {
      const sources = added === null ? [builtIn] : [added, builtIn]
      loaded.value = { index: step.value, list: known, sources }
      return
    }
    if (performance.now() - begun > SLICE_MS) {
      await rest()
      begun = performance.now()
    }
  }
}

/** The places that are in none of the countries that a pack knows better. */
function besides(list: readonly GazetteerPlace[], covers: readonly string[]): readonly GazetteerPlace[] {
  const left = new Set(covers.map((code) => `iso:${code}`))
  return list.filter((place) => {
    if (left.has(place.id) || (place.within !== null && left.has(place.within.id))) left.add(place.id)
    return !left.has(place.id)
  })
}

/** Longer than that, and a tap would have to wait. */
const SLICE_MS = 12

/** Lets taps and paints pass. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
