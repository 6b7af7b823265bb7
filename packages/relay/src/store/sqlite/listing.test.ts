import { toHex } from "@govah/core/bytes"
import fc from "fast-check"
import { expect, test } from "vitest"
import { WINDOW_CELLS } from "../../limits.ts"
import { freshStore, putAll, shortRows } from "../../testing/test-relay.ts"
import type { RelayStore } from "../port.ts"

interface Reader {
  cursor: string | null
  readonly seen: Set<string>
}

async function readOnce(store: RelayStore, reader: Reader, limit = WINDOW_CELLS): Promise<boolean> {
  const page = await store.page(reader.cursor, limit)
  if (page === null) throw new Error("our own cursor was refused")
  for (const cell of page.cells) reader.seen.add(toHex(cell.id))
  reader.cursor = page.next
  return page.more
}

// Far more pages than any store here has: a reader that is sent round in circles is a failure, not a hang.
async function readOn(store: RelayStore, reader: Reader): Promise<void> {
  for (let page = 0; await readOnce(store, reader); page++) {
    if (page > 100) throw new Error("the listing does not end")
  }
}

test("Readers who poll while cells come in miss none, however the two mix", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("put" as const), count: fc.integer({ min: 1, max: 300 }) }),
    fc.record({
      kind: fc.constant("read" as const),
      reader: fc.integer({ min: 0, max: 1 }),
      limit: fc.integer({ min: 1, max: WINDOW_CELLS }),
    }),
  )
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const store = freshStore()
      const readers: Reader[] = [0, 1].map(() => ({ cursor: null, seen: new Set<string>() }))
      const put = new Set<string>()
      run++
      for (const [i, step] of steps.entries()) {
        if (step.kind === "read") await readOnce(store, readers[step.reader] as Reader, step.limit)
        else {
          const rows = shortRows(`${run} ${i}`, step.count)
          await putAll(store, rows)
          for (const row of rows) put.add(toHex(row.id))
        }
      }
      for (const reader of readers) {
        await readOn(store, reader)
        expect(reader.seen).toEqual(put)
      }
      await store.close()
    }),
    { seed: 20210222, numRuns: process.env["SLOW"] === undefined ? 25 : 1000 },
  )
})

test("A reader who is up to date gets only the open window again, under the same cursor", async () => {
  const store = freshStore()
  await putAll(store, shortRows("a", WINDOW_CELLS + 10))
  const first = await store.page(null, WINDOW_CELLS)
  expect(first?.cells.length).toBe(WINDOW_CELLS)
  expect(first?.more).toBe(true)
  const second = await store.page(first?.next ?? "", WINDOW_CELLS)
  expect(second).toMatchObject({ more: false, next: first?.next })
  expect(second?.cells.length).toBe(10)
})

test("Within a window cells come in the order of their ids, whatever order they arrived in", async () => {
  const store = freshStore()
  for (const row of shortRows("order", 50)) await putAll(store, [row])
  const ids = (await store.page(null, WINDOW_CELLS))?.cells.map((cell) => toHex(cell.id)) ?? []
  expect(ids.length).toBe(50)
  expect(ids).toEqual(ids.toSorted())
})

test("A cursor of another store, or from beyond the end, starts from the beginning", async () => {
  const store = freshStore()
  await putAll(store, shortRows("b", WINDOW_CELLS + 1))
  const own = (await store.page(null, WINDOW_CELLS))?.next ?? ""
  const [epoch] = own.split(".")
  for (const cursor of [
    "0123456789abcdef.1",
    `${epoch}.999999`,
    `${epoch}.2`,
    `${epoch}.2.${"ab".repeat(32)}`,
  ]) {
    expect((await store.page(cursor, WINDOW_CELLS))?.next, cursor).toBe(own)
  }
})

test("What is not a cursor is refused", async () => {
  const store = freshStore()
  const bad = [
    "",
    "1",
    "x.1",
    "0123456789abcdef",
    "0123456789abcdef.",
    "0123456789abcdef.-1",
    "0123456789ABCDEF.1",
  ]
  for (const text of [
    ...bad,
    "0123456789abcdef.1.00",
    "0123456789abcdef.1.",
    `${"9".repeat(16)}.1e3`,
    "' OR 1=1",
  ]) {
    expect(await store.page(text, 1), text).toBeNull()
  }
})

test("Numbers of windows are never used twice, even when every cell has expired", async () => {
  const store = freshStore()
  await putAll(store, shortRows("c", WINDOW_CELLS))
  const reader: Reader = { cursor: null, seen: new Set() }
  await readOn(store, reader)
  store.sql("DELETE FROM cell")
  const late = shortRows("late", 3)
  await putAll(store, late)
  await readOn(store, reader)
  for (const row of late) expect(reader.seen.has(toHex(row.id))).toBe(true)
})
