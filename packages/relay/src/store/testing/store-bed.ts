import { toHex } from "@govah/core/bytes"
import { PAGE_CELLS } from "../../limits.ts"
import type { RelayDeps, RelayStore } from "../port.ts"

/** A world whose clocks only the test moves. */
export interface TestWorld extends Pick<RelayDeps, "now"> {
  monotoneMs(): number
  /** Lets milliseconds pass by the clock that never goes back. */
  pass(ms: number): void
  /** Sets the calendar forward, or back. */
  passDays(days: number): void
}

/** Noon of a day in 2021, and a monotone clock at zero. */
export function makeWorld(): TestWorld {
  let day = 18_680
  let monotone = 0
  return {
    now: () => new Date(day * 86_400_000 + 43_200_000),
    monotoneMs: () => monotone,
    pass: (ms) => {
      monotone += ms
    },
    passDays: (days) => {
      day += days
    },
  }
}

/** Where one store lies, however often it is opened. */
export interface StoreBed {
  readonly maxBytes: number
  /** Opens it, for the first time or again. */
  open(): Promise<RelayStore>
  /** Backs an open store up, and opens the copy as if it had taken its place. */
  openBackup(store: RelayStore): Promise<RelayStore>
}

/**
 * Reads from a cursor until there is no more, and the open window once more from its start: cells may have come before
 * where the reader stood in it. @returns bodies by id.
 */
export async function pullEverything(
  store: RelayStore,
  from: string | null = null,
  limit: number = PAGE_CELLS,
): Promise<Map<string, Uint8Array>> {
  const seen = new Map<string, Uint8Array>()
  let cursor = from
  let ends = 0
  // Far more pages than any store here has: a reader that is sent round in circles is a failure, not a hang.
  for (let pages = 0; pages < 2_000; pages++) {
    const page = await store.page(cursor, limit)
    if (page === null) throw new Error("our own cursor was refused")
    for (const { id, body } of page.cells) seen.set(toHex(id), body)
    cursor = page.next
    if (!page.more && ++ends === 2) return seen
  }
  throw new Error("the listing does not end")
}

/** A new store and its world. */
export interface FreshBed {
  readonly bed: StoreBed
  readonly world: TestWorld
  readonly store: RelayStore
}

/** Makes a store in a world of its own. */
export async function layBed(makeBed: (world: TestWorld) => StoreBed): Promise<FreshBed> {
  const world = makeWorld()
  const bed = makeBed(world)
  return { bed, world, store: await bed.open() }
}

/** Anything with an id. */
export type Named = { readonly id: Uint8Array }

/** Its id, hex. */
export function idOf(cell: Named): string {
  return toHex(cell.id)
}

/** The store after a restart. */
export async function reopened(bed: StoreBed, store: RelayStore): Promise<RelayStore> {
  await store.close()
  return await bed.open()
}

/** The first two pages. */
export async function twoPages(store: RelayStore): Promise<[Named[], Named[]]> {
  const first = await store.page(null, PAGE_CELLS)
  const second = await store.page(first?.next ?? null, PAGE_CELLS)
  return [[...(first?.cells ?? [])], [...(second?.cells ?? [])]]
}

/** The cursor after all closed windows: it is the one that a reader is sent back to at the end. */
export async function endOfClosed(store: RelayStore): Promise<string> {
  for (let cursor: string | null = null; ; ) {
    const page = await store.page(cursor, PAGE_CELLS)
    if (page === null) throw new Error("our own cursor was refused")
    cursor = page.next
    if (!page.more) return cursor
  }
}
