/** What the question of the place says. */
export interface PlaceWords {
  readonly heading: string
  readonly name: string
  readonly province: string
  readonly skip: string
  readonly precision: string
  readonly precisions: Readonly<Record<"point" | "town" | "county" | "province" | "country", string>>
  /** What will be said of the place, in one line. `province` is null where the name says it all. */
  readonly said: (name: string, province: string | null, precision: string) => string
  readonly change: string
  readonly loading: string
  /** While letters are typed: how many places are listed below. */
  readonly found: (count: string) => string
  readonly which: (name: string) => string
  readonly unknown: string
  readonly source: (attribution: string, licence: string) => string
  readonly here: {
    readonly open: string
    /** Said before it is tapped: the phone may ask others. */
    readonly warning: string
    readonly rounded: string
    readonly question: string
    readonly choices: Readonly<Record<"point" | "town" | "county" | "province", string>>
    readonly ask: string
    readonly asking: string
    readonly cancel: string
    readonly near: string
    readonly alone: string
    /** Where the phone knew less than was wanted. */
    readonly coarser: string
    /** The name of a place of which only the point is known. */
    readonly nameless: string
    readonly failures: Readonly<Record<"refused" | "unknown" | "absent", string>>
  }
  /** A file with more places, that a desk hands out. */
  readonly pack: {
    readonly heading: string
    readonly what: string
    readonly choose: string
    readonly there: (title: string, count: string) => string
    readonly remove: string
    readonly failures: Readonly<Record<"not-one" | "too-long" | "malformed" | "not-kept", string>>
  }
}
