import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { WINDOW_CELLS, WINDOW_MS } from "../../limits.ts"
import { putAll, seededBytes, shortRows, shortToken, storedIds } from "../../testing/test-relay.ts"
import type { NamedCell, RelayStore } from "../port.ts"
import { makeWorld, pullEverything, type StoreBed, type TestWorld } from "./store-bed.ts"

/**
 * What every adapter of the port does. Crash, torn write and interleavings: `never-skips.ts`, `store-faults.ts`.
 *
 * @param makeBed - a new, empty store of short cells with a retention of 10 days.
 */
export function relayStoreContract(name: string, makeBed: (world: TestWorld) => StoreBed): void {
  const fresh = async (): Promise<{ bed: StoreBed; world: TestWorld; store: RelayStore }> => {
    const world = makeWorld()
    const bed = makeBed(world)
    return { bed, world, store: await bed.open() }
  }

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

  test(`${name}: what is forgotten is gone, never comes back, and is told to others`, async () => {
    const { bed, store, world } = await fresh()
    const cells = shortRows("forget", 300)
    await putAll(store, cells)
    world.pass(WINDOW_MS)
    await putAll(store, shortRows("after", 1))
    await store.tidy()
    await putAll(store, shortRows("open", 5))
    // One that has moved to its final place, one that lies in the open window, one that was never here.
    await store.forget([shortToken("forget", 7), shortToken("open", 2), shortToken("nowhere", 1)])
    const gone = [cells[7], shortRows("open", 5)[2]] as NamedCell[]
    for (const look of ["now", "after a restart"]) {
      const again = look === "now" ? store : await reopened(bed, store)
      expect(await putAll(again, gone)).toEqual({ stored: 0, known: 2 })
      expect(await again.read(gone.map(({ id }) => id))).toEqual([null, null])
      expect(await again.count()).toBe(304)
      const tombstones = await again.tombstones([...gone.map(({ id }) => id), seededBytes("absent", 32)])
      expect(tombstones.map((one) => one && toHex(one.token))).toEqual([
        toHex(shortToken("forget", 7)),
        toHex(shortToken("open", 2)),
        null,
      ])
      expect(await again.fsck()).toEqual({ checked: 304, damaged: [], structure: [] })
    }
  })

  test(`${name}: one token forgets all its cells, however many somebody made for it`, async () => {
    const { store } = await fresh()
    const [model] = shortRows("model", 1) as [NamedCell]
    const cells = await Promise.all(
      Array.from({ length: 600 }, async (_, i) => {
        const body = Buffer.concat([seededBytes(`many ${i}`, 32), model.body.subarray(-32)])
        return { id: await store.deps.primitives.sha256(body), body }
      }),
    )
    await putAll(store, [model, ...cells])
    await putAll(store, shortRows("other", 1))
    await store.forget([shortToken("model", 0)])
    expect(await storedIds(store)).toEqual(shortRows("other", 1).map(idOf))
  })

  test(`${name}: known, forgotten and new cells, known and unknown tokens: a commit each`, async () => {
    const { store } = await fresh()
    const cells = shortRows("commits", 4)
    await putAll(store, cells)
    await store.forget([shortToken("commits", 0)])
    const commits: number[] = []
    for (const work of [
      () => putAll(store, shortRows("new", 2)),
      () => putAll(store, cells.slice(1, 3)),
      () => putAll(store, cells.slice(0, 1)),
      () => store.forget([shortToken("commits", 3)]),
      () => store.forget([shortToken("nowhere", 3)]),
    ]) {
      const before = store.commits
      await work()
      commits.push(store.commits - before)
    }
    expect(commits).toEqual([1, 1, 1, 1, 1])
  })

  test(`${name}: tombstones of another relay win, but only over the cells that they were made for`, async () => {
    const { store, world } = await fresh()
    const [here, coming] = shortRows("mirror", 2) as [NamedCell, NamedCell]
    await putAll(store, [here])
    const wrong = seededBytes("wrong token", 32)
    const day = store.today()
    // A token that is not the cell's: nothing is forgotten.
    expect(await store.putTombstones([{ id: here.id, token: wrong, day }])).toBe(0)
    expect(await store.count()).toBe(1)
    // It cannot be seen yet whether this one has a right to the cell that is to come. It has none.
    expect(await store.putTombstones([{ id: coming.id, token: wrong, day }])).toBe(1)
    expect(await putAll(store, [coming])).toEqual({ stored: 1, known: 0 })
    const right = [here, coming].map(({ id }, i) => ({ id, token: shortToken("mirror", i), day: day + 400 }))
    expect(await store.putTombstones(right)).toBe(2)
    expect(await store.putTombstones(right)).toBe(0)
    expect(await putAll(store, [here, coming])).toEqual({ stored: 0, known: 2 })
    expect((await store.tombstones([here.id]))[0]?.day).toBe(day)
    // Kept for twice the retention, and no longer.
    world.passDays(20)
    await store.expire()
    expect(await putAll(store, [here])).toEqual({ stored: 0, known: 1 })
    world.passDays(1)
    await store.expire()
    expect(await store.tombstones([here.id])).toEqual([null])
  })

  test(`${name}: a cell's day comes with it, never later than today and never past the retention`, async () => {
    const { store } = await fresh()
    const today = store.today()
    const rows = shortRows("days", 4).map((cell, i) => ({
      ...cell,
      day: today + ([-11, -10, 0, 9][i] as number),
    }))
    expect(await putAll(store, rows)).toEqual({ stored: 3, known: 1 })
    const days = async (): Promise<unknown[]> =>
      (await store.read(rows.map(({ id }) => id))).map((cell) => cell && cell.day - today)
    expect(await days()).toEqual([null, -10, 0, 0])
    await putAll(store, rows.map(({ id, body }) => ({ id, body })).slice(1))
    expect(await days()).toEqual([null, -10, 0, 0])
  })

  test(`${name}: cells expire by day, in the open window and in closed ones, and tokens and admissions with their term`, async () => {
    const { store, world } = await fresh()
    await putAll(store, shortRows("old", WINDOW_CELLS + 9))
    world.pass(WINDOW_MS)
    await putAll(store, shortRows("old and open", 9))
    await store.tidy()
    world.passDays(1)
    await putAll(store, shortRows("young", 4))
    world.passDays(10)
    expect(await store.expire()).toBe(WINDOW_CELLS + 18)
    expect(await storedIds(store)).toEqual(shortRows("young", 4).map(idOf).sort())
    // A clock that is set back makes nothing older, and one that jumps loses nothing that was just put.
    world.passDays(-3000)
    expect(await store.expire()).toBe(0)
    await putAll(store, shortRows("early", 1))
    expect(await store.count()).toBe(5)
    expect((await store.fsck()).structure).toEqual([])
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

type Named = { readonly id: Uint8Array }

function idOf(cell: Named): string {
  return toHex(cell.id)
}

async function reopened(bed: StoreBed, store: RelayStore): Promise<RelayStore> {
  await store.close()
  return await bed.open()
}

async function twoPages(store: RelayStore): Promise<[Named[], Named[]]> {
  const first = await store.page(null, WINDOW_CELLS)
  const second = await store.page(first?.next ?? null, WINDOW_CELLS)
  return [[...(first?.cells ?? [])], [...(second?.cells ?? [])]]
}

/** The cursor after all closed windows: it is the one that a reader is sent back to at the end. */
async function endOfClosed(store: RelayStore): Promise<string> {
  for (let cursor: string | null = null; ; ) {
    const page = await store.page(cursor, WINDOW_CELLS)
    if (page === null) throw new Error("our own cursor was refused")
    cursor = page.next
    if (!page.more) return cursor
  }
}
