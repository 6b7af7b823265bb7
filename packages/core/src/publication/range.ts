import type { Claim } from "./claim.ts"
import type { Language } from "./field.ts"
import { formatDate, formatNumber, listNames } from "./format.ts"
import { claimantKinds, phrases } from "./words.ts"

/** One end of a range, and who puts it there. */
export interface RangeEnd {
  readonly value: number
  /** The true number may lie above: somebody at this end says "at least". */
  readonly open: boolean
  /** Everybody at this end says "about". */
  readonly about: boolean
  /** Best grade first. */
  readonly claims: readonly Claim[]
}

/** What the claims of one series say together. */
export interface SeriesRange {
  readonly series: string
  /** Null where no claim with a number is graded well enough. */
  readonly ends: { readonly low: RangeEnd; readonly high: RangeEnd; readonly asOf: string } | null
  /** Claims that set the range. */
  readonly counted: readonly Claim[]
  /** Claims that are shown and do not move it. */
  readonly aside: readonly Claim[]
}

/** Whether a claim is graded well enough to move a range: source A–C and information 1–3. */
export function movesRange(claim: Claim): boolean {
  return claim.grade.credibility <= 3 && claim.grade.reliability <= "C"
}

/**
 * The range of each series of one publication's claims, in order of first appearance.
 *
 * Numbers of different series are never put together: they count different people, places or days. Inside a series the low
 * end is the lowest low, the high end the highest number that anyone gives; nothing is averaged and nothing is added.
 */
export function seriesRanges(claims: readonly Claim[]): SeriesRange[] {
  const series = new Map<string, Claim[]>()
  for (const claim of claims) series.set(claim.series, [...(series.get(claim.series) ?? []), claim])
  return [...series].map(([name, members]) => rangeOf(name, members))
}

function rangeOf(series: string, claims: readonly Claim[]): SeriesRange {
  const counted = claims.filter((c) => movesRange(c) && c.low !== null)
  const aside = claims.filter((c) => !counted.includes(c))
  if (counted.length === 0) return { series, ends: null, counted, aside }
  const lowest = Math.min(...counted.map((c) => c.low as number))
  const highest = Math.max(...counted.map(top))
  const atLow = counted.filter((c) => c.low === lowest)
  const closed = atLow.filter((c) => !isOpen(c))
  const low = end(lowest, closed.length === 0, closed.length === 0 ? atLow : closed)
  const atTop = counted.filter((c) => top(c) === highest)
  const open = atTop.filter(isOpen)
  const high = end(highest, open.length > 0, open.length > 0 ? open : atTop)
  const asOf = [...low.claims, ...high.claims].map((c) => c.asOf).reduce((a, b) => (a < b ? b : a))
  return { series, ends: { low, high, asOf }, counted, aside }
}

function isOpen(claim: Claim): boolean {
  return claim.bound === "at-least"
}

function top(claim: Claim): number {
  return claim.high ?? (claim.low as number)
}

function end(value: number, open: boolean, claims: readonly Claim[]): RangeEnd {
  return {
    value,
    open,
    about: claims.every((c) => c.bound === "about"),
    claims: [...claims].sort((a, b) => rank(a) - rank(b)),
  }
}

function rank(claim: Claim): number {
  return claim.grade.credibility * 6 + "ABCDEF".indexOf(claim.grade.reliability)
}

/**
 * A range in one line, with who says so: "3 (officials) to at least 10 (Amnesty International), as of 2 March 2021".
 * Null where no claim moves the range.
 */
export function formatRange(range: SeriesRange, language: Language): string | null {
  if (range.ends === null) return null
  const { low, high, asOf } = range.ends
  const say = phrases[language]
  const side = (side: RangeEnd): string => {
    const number = formatNumber(side.value, language)
    const bounded = side.open ? say.atLeast(number) : side.about ? say.about(number) : number
    return `${bounded} (${sayers(side.claims, language)})`
  }
  // One number, said in one way, is said once; "3 to at least 3" keeps apart who says which.
  const one = low.value === high.value && low.open === high.open
  const both = one ? side(low) : say.fromTo(side(low), side(high))
  return say.asOf(both, formatDate(asOf, language))
}

// One claimant is named; several of one kind are called by their kind; others are named, the best graded first.
function sayers(claims: readonly Claim[], language: Language): string {
  const names = [...new Set(claims.map((c) => c.claimant.name[language]))]
  const [kind, ...otherKinds] = new Set(claims.map((c) => c.claimant.kind))
  if (kind === "official" && otherKinds.length === 0) return claimantKinds.official[language].many
  return listNames(names, 2, language)
}
