import { POINT_GRID } from "@govah/core/report"
import type { GazetteerPlace, Point } from "./gazetteer.ts"

/** How exactly a place that a phone measured may be said. */
export type HerePrecision = "point" | "town" | "county" | "province"

/** What a measured place comes to before anything is kept of it. */
export interface Here {
  readonly precision: HerePrecision
  /** Whether the phone knew too little for what was wanted. */
  readonly isCoarser: boolean
  /** The nearest town that is known, as seen from the *rounded* place, so that its name says no more than that does. */
  readonly near: GazetteerPlace | null
  /** Null for a province: its name says it all. */
  readonly point: Point | null
}

/**
 * Rounds what a phone measured to what the person wants to say, or to what the measuring is worth, if that is less.
 *
 * @param degrees - as the phone gives them.
 * @param accuracyMeters - how far off they may be.
 */
export function roundHere(
  degrees: { readonly lat: number; readonly lon: number },
  accuracyMeters: number,
  wanted: HerePrecision,
  places: Iterable<GazetteerPlace>,
): Here {
  const precision = coarser(wanted, accuracyMeters)
  // A province is named by the town that is nearest to what a county's grid leaves of the place.
  const step = POINT_GRID[precision === "province" ? "county" : precision]
  const point = { lat: roundTo(degrees.lat, step), lon: roundTo(degrees.lon, step) }
  return {
    precision,
    isCoarser: precision !== wanted,
    near: nearestTown(point, places, NEAR_KM[precision]),
    point: precision === "province" ? null : point,
  }
}

/** Farther away than that, a town's name says nothing of the place. */
const NEAR_KM = { point: 30, town: 30, county: 60, province: 100 } as const

const ORDER: readonly HerePrecision[] = ["point", "town", "county", "province"]
/** Meters that a place may be off and still be said so. */
const WORTH = { point: 300, town: 5_000, county: 30_000, province: Number.POSITIVE_INFINITY } as const

function coarser(wanted: HerePrecision, accuracyMeters: number): HerePrecision {
  return ORDER.slice(ORDER.indexOf(wanted)).find((one) => accuracyMeters <= WORTH[one]) ?? "province"
}

function roundTo(degrees: number, step: number): number {
  // Adding nothing makes zero of what rounds to minus zero.
  return Math.round((degrees * 1000) / step) * step + 0
}

const KM_A_DEGREE = 111.2

function nearestTown(point: Point, places: Iterable<GazetteerPlace>, mostKm: number): GazetteerPlace | null {
  const narrow = Math.cos((point.lat / 1000) * (Math.PI / 180))
  let [best, bestKm]: [GazetteerPlace | null, number] = [null, mostKm]
  for (const place of places) {
    if (place.kind !== "town" || place.at === null) continue
    const north = (place.at.lat - point.lat) / 1000
    const east = ((((place.at.lon - point.lon + 540_000) % 360_000) - 180_000) / 1000) * narrow
    const km = Math.hypot(north, east) * KM_A_DEGREE
    if (km < bestKm) [best, bestKm] = [place, km]
  }
  return best
}
