import type { Primitives } from "@govah/core/primitives"
import type { KeptCell } from "../outbox/index.ts"
import { shuffled } from "./shuffle.ts"

/** A kept cell that a relay lacks, and the parcel that it is of. */
export interface WaitingCell {
  readonly parcel: string
  readonly cell: KeptCell
}

/** A parcel as far as its place in the queue depends on it. */
export interface WaitingParcel {
  readonly id: string
  /** Number of all its cells. */
  readonly cells: number
  /** YYYY-MM-DD. */
  readonly keptOn: string
  /** Those that the relay lacks. */
  readonly lacking: readonly KeptCell[]
}

/** A parcel of at most so many cells (256 KiB) goes whole before any media: words, and a preview. */
export const SMALL_PARCEL_CELLS = 16

/** Words that lie side by side are mixed in lots of so many cells: a few reports. */
const WORDS_LOT = 16
/** Media: as many as one bundle may hold. */
const MEDIA_LOT = 64

/**
 * The order in which cells leave: all words and previews (what was sealed as `isAhead`) before all media; whoever opens them has the roots first, and reads a report
 * whose media are still on their way. Among media the smaller class of size first, then the older day.
 *
 * Inside a lot the order is random: which cells lie side by side in a bundle must not tell which belong together. A lot
 * never mixes words with media, so that no word waits for a film.
 */
export function inSendingOrder(
  parcels: readonly WaitingParcel[],
  primitives: Pick<Primitives, "random">,
): WaitingCell[] {
  const roots: WaitingCell[] = []
  const words: WaitingCell[] = []
  const media: WaitingCell[] = []
  // What the outbox lists of one day is in no order that means anything.
  for (const { id, cells, lacking } of [...parcels].sort(smallAndOldFirst)) {
    const isSmall = cells <= SMALL_PARCEL_CELLS
    for (const cell of lacking) {
      const one = { parcel: id, cell }
      if (isSmall) words.push(one)
      else if (cell.index === cells - 1) roots.push(one)
      else (cell.isAhead ? words : media).push(one)
    }
  }
  return [...lots([...roots, ...words], WORDS_LOT, primitives), ...lots(media, MEDIA_LOT, primitives)]
}

function smallAndOldFirst(a: WaitingParcel, b: WaitingParcel): number {
  const classes = sizeClass(a) - sizeClass(b)
  if (classes !== 0) return classes
  return a.keptOn < b.keptOn ? -1 : a.keptOn > b.keptOn ? 1 : 0
}

/** Four times as large is another class: within one, age decides. */
function sizeClass({ cells }: WaitingParcel): number {
  return cells <= SMALL_PARCEL_CELLS ? 0 : Math.ceil(Math.log2(cells) / 2)
}

function lots(
  cells: readonly WaitingCell[],
  size: number,
  primitives: Pick<Primitives, "random">,
): WaitingCell[] {
  const mixed: WaitingCell[] = []
  for (let at = 0; at < cells.length; at += size)
    mixed.push(...shuffled(cells.slice(at, at + size), primitives))
  return mixed
}
