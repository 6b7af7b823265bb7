import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { WINDOW_CELLS, WINDOW_MS } from "../../limits.ts"
import { putAll, seededBytes, shortRows, shortToken, storedIds } from "../../testing/test-relay.ts"
import { feedContract } from "./feed-contract.ts"
import { forgettingContract } from "./forgetting-contract.ts"
import {
  endOfClosed,
  type FreshBed,
  idOf,
  layBed,
  pullEverything,
  reopened,
  type StoreBed,
  type TestWorld,
  twoPages,
} from "./store-bed.ts"

/**
 * What every adapter of the port does. Crash, torn write and interleavings: `never-skips.ts`, `store-faults.ts`.
 *
 * @param makeBed - a new, empty store of short cells with a retention of 10 days.
 */
export function relayStoreContract(name: string, makeBed: (world: TestWorld) => StoreBed): void {
  forgettingContract(name, makeBed)
  feedContract(name, makeBed)

  const fresh = async (): Promise<FreshBed> => await layBed(makeBed)

  test(`${name}: what was put is there, by id, by name and by page, and again after a restart`, async () => {
    const { bed, store } = await fresh()
    const cells = shortRows("there", 70)
    expect(await putAll(store, cells)).toEqual({ stored: 70, known: 0 })
    expect(await putAll(store, [...cells, ...shortRows("more", 1)])).toEqual({ stored: 1, known: 70 })
    await store.close()
    const again = await bed.open()
    const wanted = [...cells, ...shortRows("more", 1)].map(idOf).sort()
    expect(await again.count()).toBe(71)
    expect(await storedIds(again)).toEqual(wanted)
    expect([...(await pullEverything(again)).keys()].sort()).toEqual(wanted)
    const absent = seededBytes("absent", 32)
    const read = await again.read([...cells.map(({ id }) => id), absent])
    expect(read.map((cell) => cell && toHex(cell.body))).toEqual([
      ...cells.map((cell) => toHex(cell.body)),
      null,
    ])
    expect(await again.fsck()).toEqual({ checked: 71, damaged: [], structure: [] })
  })

  test(`${name}: a cell that comes twice in one post is kept once`, async () => {
    const { store } = await fresh()
    const cells = shortRows("twice", 2)
    expect(await putAll(store, [...cells, ...cells])).toEqual({ stored: 2, known: 2 })
    expect(await store.count()).toBe(2)
  })

  test(`${name}: names are walked in short steps, cells and tombstones in one order`, async () => {
    const { store } = await fresh()
    await putAll(store, shortRows("walk", 50))
    await store.forget([3, 14, 15].map((i) => shortToken("walk", i)))
    const walked: [string, boolean][] = []
    for (let after: Uint8Array | null = null; ; ) {
      const names = await store.names(after, 7)
      walked.push(...names.map(({ id, isForgotten }): [string, boolean] => [toHex(id), isForgotten]))
      if (names.length === 0) break
      after = names.at(-1)?.id ?? null
    }
    const gone = new Set([3, 14, 15])
    const wanted = shortRows("walk", 50).map((cell, i): [string, boolean] => [idOf(cell), gone.has(i)])
    expect(walked).toEqual(wanted.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })

  test(`${name}: a window closes with so many cells and so much age, and then never gains a cell`, async () => {
    const { store, world } = await fresh()
    const first = shortRows("first", WINDOW_CELLS)
    await putAll(store, first)
    await putAll(store, shortRows("young", 10))
    // Old enough, and then large enough; but what closes a window is the first cell after both.
    world.pass(WINDOW_MS)
    const before = await pullEverything(store)
    await putAll(store, shortRows("second", 3))
    const [page, next] = await twoPages(store)
    expect(page.map(idOf).sort()).toEqual([...before.keys()].sort().slice(0, WINDOW_CELLS))
    expect(page.map(idOf)).toEqual(page.map(idOf).sort())
    expect(next.length).toBe(10)
    await store.tidy()
    const [same] = await twoPages(store)
    expect(same.map(idOf)).toEqual(page.map(idOf))
    expect((await pullEverything(store)).size).toBe(WINDOW_CELLS + 13)
    // The second window is old, but small.
    world.pass(100 * WINDOW_MS)
    await putAll(store, shortRows("third", 3))
    const open = await store.page(await endOfClosed(store), WINDOW_CELLS)
    expect(open?.cells.length).toBe(6)
  })

  test(`${name}: after a restart the open window is young again`, async () => {
    const { bed, store, world } = await fresh()
    await putAll(store, shortRows("old", WINDOW_CELLS + 1))
    world.pass(WINDOW_MS)
    await store.close()
    const again = await bed.open()
    await putAll(again, shortRows("new", 1))
    const cursor = await endOfClosed(again)
    expect((await again.page(cursor, WINDOW_CELLS))?.more).toBe(true)
    world.pass(WINDOW_MS)
    await putAll(again, shortRows("newer", 1))
    expect((await again.page(await endOfClosed(again), WINDOW_CELLS))?.cells.length).toBe(1)
  })

  test(`${name}: cursors that are none are refused; those of another store begin anew`, async () => {
    const { store } = await fresh()
    await putAll(store, shortRows("cursor", 5))
    for (const text of [
      "",
      "1",
      "x.1",
      "0123456789abcdef.-1",
      "0123456789abcdef.1.00",
      "' OR 1=1",
      "\u0000",
    ]) {
      expect(await store.page(text, 1), text).toBeNull()
    }
    const other = await (await fresh()).store.page(null, WINDOW_CELLS)
    expect((await store.page(other?.next ?? "", WINDOW_CELLS))?.cells.length).toBe(5)
  })

  test(`${name}: a token pays once, for a post that is kept whole`, async () => {
    const { store, world } = await fresh()
    const spends = { hash: seededBytes("token", 32), untilDay: store.today() + 3 }
    const [one, two] = [shortRows("paid", 3), shortRows("unpaid", 3)]
    await store.put({ cells: one, lane: "reserved", spends })
    const refused = store.put({ cells: two, lane: "reserved", spends })
    const neighbour = putAll(store, shortRows("neighbour", 1))
    await expect(refused).rejects.toMatchObject({ code: "token-spent" })
    await neighbour
    expect(await store.count()).toBe(4)
    world.passDays(4)
    await store.expire()
    expect(await store.put({ cells: two, lane: "reserved", spends })).toEqual({ stored: 3, known: 0 })
  })

  test(`${name}: settings are kept, the first one where two want to make it`, async () => {
    const { bed, store } = await fresh()
    expect(await store.settings.read("name")).toBeNull()
    expect(await store.settings.ensure("name", Uint8Array.of(1))).toEqual(Uint8Array.of(1))
    expect(await store.settings.ensure("name", Uint8Array.of(2))).toEqual(Uint8Array.of(1))
    await store.settings.write("key", new Uint8Array(0))
    const again = await reopened(bed, store)
    expect(await again.settings.read("key")).toEqual(new Uint8Array(0))
    await again.settings.write("key", null)
    expect(await again.settings.read("key")).toBeNull()
  })

  test(`${name}: a mirror's capability is no desk's, and each ends by itself`, async () => {
    const { store } = await fresh()
    const day = store.today()
    const [desk, mirror] = [seededBytes("desk", 32), seededBytes("mirror", 32)]
    const make = (key: Uint8Array, kind: "desk" | "mirror", untilDay: number): unknown =>
      store.admissions.add({
        capabilityHash: seededBytes(`${toHex(key)} ${untilDay}`, 32),
        key,
        kind,
        untilDay,
      })
    await make(desk, "desk", day)
    await make(desk, "desk", day + 9)
    await make(mirror, "mirror", day + 9)
    expect((await store.admissions.inForce(day)).map(({ kind }) => kind).sort()).toEqual([
      "desk",
      "desk",
      "mirror",
    ])
    expect([await store.admissions.isDesk(desk, day), await store.admissions.isDesk(mirror, day)]).toEqual([
      true,
      false,
    ])
    const hash = seededBytes(`${toHex(desk)} ${day}`, 32)
    expect((await store.admissions.find(hash, day))?.untilDay).toBe(day)
    expect(await store.admissions.find(hash, day + 1)).toBeNull()
    expect(await store.admissions.remove(desk)).toBe(2)
    expect(await store.admissions.isDesk(desk, day)).toBe(false)
    expect(await store.admissions.remove(desk)).toBe(0)
  })

  test(`${name}: a full store says so, keeps nothing of the refused and all of the rest, and leaves a share`, async () => {
    const { bed, store } = await fresh()
    const lanes = { open: 0, reserved: 0 }
    for (const lane of ["open", "reserved"] as const) {
      for (let i = 0; ; i++) {
        const cells = shortRows(`${lane} ${i}`, 100)
        const outcome = await store.put({ cells, lane }).catch((error: unknown) => error)
        if (outcome instanceof Error) {
          expect(outcome).toMatchObject({ code: "full" })
          expect(await store.read(cells.map(({ id }) => id))).toEqual(cells.map(() => null))
          break
        }
        lanes[lane] += 100
      }
    }
    const { usedBytes, freeBytes, totalBytes } = await store.capacity()
    expect([usedBytes + freeBytes, totalBytes <= bed.maxBytes]).toEqual([totalBytes, true])
    expect(lanes.open).toBeGreaterThan(300)
    expect(lanes.reserved / (lanes.open + lanes.reserved)).toBeGreaterThan(0.1)
    const report = await (await reopened(bed, store)).fsck()
    expect(report).toEqual({ checked: lanes.open + lanes.reserved, damaged: [], structure: [] })
  })

  test(`${name}: a backup is whole, its owner's alone, and readers of its heir begin anew and miss nothing`, async () => {
    const { bed, store, world } = await fresh()
    await putAll(store, shortRows("kept", 300))
    world.pass(WINDOW_MS)
    await putAll(store, shortRows("kept later", 20))
    await store.forget([shortToken("kept", 5)])
    const cursor = await endOfClosed(store)
    const heir = await bed.openBackup(store)
    expect(await storedIds(heir)).toEqual(await storedIds(store))
    expect(await heir.fsck()).toEqual({ checked: 319, damaged: [], structure: [] })
    expect([...(await pullEverything(heir, cursor)).keys()].sort()).toEqual(await storedIds(store))
  })
}
