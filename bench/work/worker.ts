import { searchWork } from "@govah/core/work"

/** What the page asks of this script: so many cells at so many bits. */
export interface WorkAsked {
  readonly bits: number
  readonly cells: number
}

/** Milliseconds for each cell, in the thread that calls. */
export function workFor({ bits, cells }: WorkAsked): readonly number[] {
  const relay = crypto.getRandomValues(new Uint8Array(16))
  return Array.from({ length: cells }, () => {
    const search = searchWork({ relay, day: 20_000 }, crypto.getRandomValues(new Uint8Array(32)), bits)
    const start = performance.now()
    while (search.step(4_096) === null);
    return performance.now() - start
  })
}

Object.assign(globalThis, { workFor })
