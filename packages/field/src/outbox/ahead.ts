import type { Json } from "@govah/core/bytes"

/** Cells that lie side by side: the index of the first, and how many. */
export type CellSpan = readonly [first: number, count: number]

/** Most spans that are remembered: a preview, what a crash left and the end of a parcel are three. Beyond it only order is lost. */
const MAX_SPANS = 8

/** Notes, cell by cell, which cells of a parcel are to travel first. */
export interface AheadNotes {
  /** @param index - higher than any before. */
  note(index: number, cell: { readonly isAhead?: true }): void
  spans(): readonly CellSpan[]
}

export function noteAhead(): AheadNotes {
  const spans: [number, number][] = []
  return {
    note: (index, { isAhead }) => {
      if (isAhead !== true) return
      const last = spans.at(-1)
      if (last !== undefined && last[0] + last[1] === index) last[1]++
      else spans.push([index, 1])
    },
    // The last ones: the root lies at the end, and without it nothing can be read.
    spans: () => spans.slice(-MAX_SPANS),
  }
}

export function isAhead(spans: readonly CellSpan[], index: number): boolean {
  return spans.some(([first, count]) => index >= first && index < first + count)
}

/** What was remembered, or null where it is no such list. */
export function asSpans(json: Json | undefined): readonly CellSpan[] | null {
  if (!Array.isArray(json) || json.length > MAX_SPANS) return null
  const spans: CellSpan[] = []
  for (const one of json as readonly Json[]) {
    const [first, count] = Array.isArray(one) ? (one as readonly Json[]) : []
    if (typeof first !== "number" || typeof count !== "number") return null
    spans.push([first, count])
  }
  return spans
}
