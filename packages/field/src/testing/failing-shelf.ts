import type { Json } from "@govah/core/bytes"
import type { NoteName, Shelf } from "../trust/ports.ts"

/** What a call to a failing shelf throws. */
export class ShelfFull extends Error {}

/** A shelf in memory, of which call `failAt` and all after it fail; 0 for none. */
export interface FailingShelf extends Shelf {
  /** Writing calls so far. */
  readonly calls: number
  /** The same things on a shelf that fails at another call. */
  again(failAt: number): FailingShelf
  /** What a start would run: as `sw.js` chooses it. */
  served(path: string): Uint8Array | null
}

/** @param failAt - counted from 1. */
export function failingShelf(
  failAt: number,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
  noted: ReadonlyMap<NoteName, Json> = new Map(),
): FailingShelf {
  const held = new Map(files)
  const notes = new Map(noted)
  let calls = 0
  const step = (): void => {
    calls++
    if (failAt > 0 && calls >= failAt) throw new ShelfFull(`call ${calls} fails`)
  }
  const at = (version: number, path: string): string => `${version}/${path}`
  const versions = (): readonly number[] =>
    [...new Set([...held.keys()].map((key) => Number(key.split("/")[0])))].sort((a, b) => a - b)
  return {
    get calls() {
      return calls
    },
    again: (next) => failingShelf(next, held, notes),
    served: (path) => {
      const taken = versions().filter((version) => held.has(at(version, "release/taken")))
      for (const version of taken.reverse()) {
        const found = held.get(at(version, path))
        if (found !== undefined) return found
      }
      return null
    },
    versions: async () => versions(),
    get: async (version, path) => held.get(at(version, path)) ?? null,
    put: async (version, path, bytes) => {
      step()
      held.set(at(version, path), bytes.slice())
    },
    drop: async (version) => {
      // A browser removes a store entry by entry: what fails in the middle leaves a part.
      for (const key of held.keys()) {
        if (!key.startsWith(`${version}/`)) continue
        step()
        held.delete(key)
      }
    },
    note: async (name) => notes.get(name) ?? null,
    setNote: async (name, value) => {
      step()
      if (value === null) notes.delete(name)
      else notes.set(name, value)
    },
  }
}
