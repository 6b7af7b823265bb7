/**
 * Where bodies were written in transactions that failed. No row names them, so that no token would find them when the same
 * cells come again and are forgotten: noise must lie there. In memory alone; after a crash `mend.ts` looks everywhere.
 */
export interface Torn {
  /** A body was written at a place that no row named before. */
  wrote(place: number): void
  /** All of it is on the disk, and what was torn before is overwritten. */
  committed(): void
  failed(): void
  readonly places: ReadonlySet<number>
}

export function countTorn(): Torn {
  const places = new Set<number>()
  let written: number[] = []
  return {
    places,
    wrote(place) {
      written.push(place)
    },
    committed() {
      written = []
      places.clear()
    },
    failed() {
      for (const place of written) places.add(place)
      written = []
    },
  }
}
