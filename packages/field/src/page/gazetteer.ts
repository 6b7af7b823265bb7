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

/** Null until {@link loadPlaces} is done. */
export const places: ReadonlySignal<Places | null> = loaded

/** Fetches the built-in gazetteer, which is a file apart, and makes its index a little at a time. Harmless if repeated. */
export function loadPlaces(): Promise<void> {
  return (loading ??= load().catch(() => {
    // Typing works without it; the next time that the question is opened it is tried again.
    loading = null
  }))
}

async function load(): Promise<void> {
  const { default: text } = await import("../place/built-in.txt?raw")
  await rest()
  const gazetteer = parseGazetteer(text)
  const steps = indexPlaces([gazetteer.places])
  for (let begun = performance.now(); ; ) {
    const step = steps.next()
    if (step.done === true) {
      loaded.value = { index: step.value, list: gazetteer.places, sources: [gazetteer] }
      return
    }
    if (performance.now() - begun > SLICE_MS) {
      await rest()
      begun = performance.now()
    }
  }
}

/** Longer than that, and a tap would have to wait. */
const SLICE_MS = 12

/** Lets taps and paints pass. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
