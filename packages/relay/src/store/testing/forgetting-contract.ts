import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { WINDOW_CELLS, WINDOW_MS } from "../../limits.ts"
import { putAll, seededBytes, shortRows, shortToken, storedIds } from "../../testing/test-relay.ts"
import type { NamedCell } from "../port.ts"
import { type FreshBed, idOf, layBed, reopened, type StoreBed, type TestWorld } from "./store-bed.ts"

/** What every adapter forgets, and when: by token, by another relay's word, by age. */
export function forgettingContract(name: string, makeBed: (world: TestWorld) => StoreBed): void {
  const fresh = async (): Promise<FreshBed> => await layBed(makeBed)

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

  test(`${name}: known, forgotten and new cells, known and unknown tokens: as many commits each`, async () => {
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
    const forgetting = commits.splice(3)
    expect(commits).toEqual([1, 1, 1])
    expect(forgetting[0]).toBe(forgetting[1])
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
    world.passDays(20)
    await store.expire()
    expect((await store.tombstones([here.id]))[0]?.day).toBe(day)
    expect(await putAll(store, [here, coming])).toEqual({ stored: 0, known: 2 })
  })

  test(`${name}: what was forgotten long ago stays forgotten, and when it was is not kept to the day`, async () => {
    const { bed, store, world } = await fresh()
    const cells = shortRows("long ago", 4)
    for (let i = 0; i < 4; i++) {
      world.passDays(7)
      await putAll(store, cells.slice(i, i + 1))
      await store.forget([shortToken("long ago", i)])
    }
    const day = store.today()
    const ids = cells.map(({ id }) => id)
    for (const passed of [21, 4_000]) {
      world.passDays(passed)
      await store.expire()
      const again = passed === 21 ? store : await reopened(bed, store)
      await again.expire()
      // With a retention of 10 days, periods of 20; a day stays as it was for the first 20, whatever its period.
      const period = (on: number): number => on - (on % 20)
      expect((await again.tombstones(ids)).map((one) => one?.day)).toEqual(
        [day - 21, day - 14, day - 7, day].map(period),
      )
      // Whoever brings them, as of today: nothing comes back.
      expect(await putAll(again, cells)).toEqual({ stored: 0, known: 4 })
      expect((await again.fsck()).structure).toEqual([])
    }
  })

  test(`${name}: what is kept of things long forgotten has a bound; the oldest goes first, and nothing young`, async () => {
    const { bed, store, world } = await fresh()
    const most = Math.floor(bed.maxBytes / 16 / 160)
    const put = async (label: string, count: number): Promise<Uint8Array[]> => {
      const day = store.today()
      const made = Array.from({ length: count }, (_, i) => ({
        id: seededBytes(`${label} ${i}`, 32),
        token: seededBytes(`token ${label} ${i}`, 32),
        day,
      }))
      for (let at = 0; at < count; at += 512) await store.putTombstones(made.slice(at, at + 512))
      return made.map(({ id }) => id)
    }
    const left = async (ids: readonly Uint8Array[]): Promise<number> =>
      (await store.tombstones(ids)).filter((one) => one !== null).length
    const oldest = await put("oldest", 300)
    world.passDays(40)
    const old = await put("old", most - 100)
    await store.expire()
    expect([await left(oldest), await left(old)]).toEqual([300, most - 100])
    world.passDays(40)
    const young = await put("young", 200)
    await store.expire()
    expect([await left(oldest), await left(old), await left(young)]).toEqual([100, most - 100, 200])
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
}
