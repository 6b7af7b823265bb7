import { toHex } from "@govah/core/bytes"
import fc from "fast-check"
import { expect, test } from "vitest"
import { PAGE_CELLS, WINDOW_MS } from "../../limits.ts"
import { putAll, shortRows, shortToken } from "../../testing/test-relay.ts"
import type { RelayStore } from "../port.ts"
import { makeWorld, pullEverything, type StoreBed, type TestWorld } from "./store-bed.ts"

/** What happens to a store, one after another. */
type Step =
  | { readonly kind: "put" | "forget"; readonly count: number }
  | { readonly kind: "read"; readonly reader: 0 | 1; readonly limit: number }
  | { readonly kind: "hour" | "day" | "expire" | "tidy" | "restart" }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("put" as const), count: fc.integer({ min: 1, max: 300 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("forget" as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      reader: fc.constantFrom(0 as const, 1 as const),
      limit: fc.integer({ min: 1, max: PAGE_CELLS }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("hour" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("day" as const, "expire" as const, "tidy" as const, "restart" as const),
    }),
  },
)

/**
 * However puts, closings, forgetting, expiry, restarts and reads mix: a reader that goes on with its newest cursor has
 * been given every cell that is still there, and the open window's order tells nothing.
 */
export function neverSkips(name: string, makeBed: (world: TestWorld) => StoreBed, runs: number): void {
  test(`${name}: no reader ever misses a cell that is still there (${runs} interleavings)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const play = await startPlay(makeBed)
        for (const one of steps) await play.take(one)
        await play.end()
      }),
      { seed: 20_210_222, numRuns: runs },
    )
  })
}

interface Play {
  take(step: Step): Promise<void>
  end(): Promise<void>
}

async function startPlay(makeBed: (world: TestWorld) => StoreBed): Promise<Play> {
  const world = makeWorld()
  const bed = makeBed(world)
  let store: RelayStore = await bed.open()
  const readers = [0, 1].map(() => ({ cursor: null as string | null, seen: new Set<string>() }))
  const put: { readonly seed: string; readonly i: number }[] = []
  const take = async (one: Step): Promise<void> => {
    switch (one.kind) {
      case "put": {
        const seed = `play ${put.length}`
        await putAll(store, shortRows(seed, one.count))
        for (let i = 0; i < one.count; i++) put.push({ seed, i })
        break
      }
      case "forget":
        await store.forget(put.slice(0, one.count).map(({ seed, i }) => shortToken(seed, i)))
        break
      case "read": {
        const reader = readers[one.reader] as (typeof readers)[number]
        const page = await store.page(reader.cursor, one.limit)
        for (const { id } of page?.cells ?? []) reader.seen.add(toHex(id))
        reader.cursor = page?.next ?? null
        break
      }
      case "hour":
        world.pass(WINDOW_MS)
        break
      case "day":
        world.passDays(4)
        break
      case "expire":
        await store.expire()
        break
      case "tidy":
        await store.tidy()
        break
      case "restart":
        await store.close()
        store = await bed.open()
        break
    }
  }
  const end = async (): Promise<void> => {
    const there = [...(await pullEverything(store)).keys()].sort()
    expect(await store.fsck()).toEqual({ checked: there.length, damaged: [], structure: [] })
    for (const { cursor, seen } of readers) {
      for (const id of (await pullEverything(store, cursor)).keys()) seen.add(id)
      expect(there.filter((id) => !seen.has(id))).toEqual([])
    }
    await store.close()
  }
  return { take, end }
}
