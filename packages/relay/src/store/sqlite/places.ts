/** The places of all slots, full and free, ascending. Each step takes as long for a million as for one. */
export interface Places {
  readonly count: number
  /** The highest, or 0. */
  readonly last: number
  /** Adds one that is higher than all. */
  push(place: number): void
  /** Takes some out. */
  remove(places: readonly number[]): void
  /** One of them. @param below - a random number from 0 up to its argument, not reached. */
  draw(below: (limit: number) => number): number
  /** The highest ones, highest first. */
  lasts(count: number): number[]
}

/** @param places - ascending; they are the object's own from now on. */
export function listPlaces(places: number[]): Places {
  // Those that were taken out lie where they were until they are many: closing the gap each time would take as long as
  // all slots are many.
  let removed = new Set<number>()

  return {
    get count() {
      return places.length - removed.size
    },
    get last() {
      return places.at(-1) ?? 0
    },
    push: (place) => void places.push(place),
    remove(gone) {
      for (const place of gone) removed.add(place)
      if (removed.size * 4 > places.length) {
        places = places.filter((place) => !removed.has(place))
        removed = new Set()
      }
      while (removed.delete(places.at(-1) as number)) places.pop()
    },
    draw(below) {
      for (;;) {
        const place = places[below(places.length)] as number
        if (!removed.has(place)) return place
      }
    },
    lasts(count) {
      const lasts: number[] = []
      for (let i = places.length - 1; i >= 0 && lasts.length < count; i--) {
        if (!removed.has(places[i] as number)) lasts.push(places[i] as number)
      }
      return lasts
    },
  }
}
