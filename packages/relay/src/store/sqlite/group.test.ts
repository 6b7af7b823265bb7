import { expect, onTestFinished, test, vi } from "vitest"
import { nameCells } from "../../ingest/name-cells.ts"
import { GROUP_CELLS } from "../../limits.ts"
import {
  freshStore,
  putAll,
  realDeps,
  seededCells,
  SHORT_BYTES,
  shortRows,
} from "../../testing/test-relay.ts"

test("Posts that come together are committed together", async () => {
  const store = freshStore()
  await store.tidy()
  const cells = await nameCells(seededCells("crowd", 128), realDeps.primitives)
  await putAll(store, cells.slice(0, 1))
  const before = store.commits
  await Promise.all(cells.map(async (cell) => await putAll(store, [cell])))
  expect(await store.count()).toBe(128)
  // One for them all, and what a store does by itself meanwhile.
  expect(store.commits - before).toBeLessThan(8)
})

test("A group is committed at 256 cells without waiting", async () => {
  const store = freshStore()
  const cells = await nameCells(seededCells("many", GROUP_CELLS), realDeps.primitives)
  vi.useFakeTimers({ toFake: ["setTimeout"] })
  onTestFinished(() => void vi.useRealTimers())
  // No timer ever fires here.
  await putAll(store, cells)
  expect(await store.count()).toBe(GROUP_CELLS)
})

test("One full group after another, each as soon as the one before is answered", async () => {
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  for (let i = 0; i < 4; i++) await putAll(store, shortRows(i, GROUP_CELLS))
  expect(await store.count()).toBe(4 * GROUP_CELLS)
})

test("A post that fits is kept although its neighbour does not", async () => {
  const store = freshStore(realDeps, { maxBytes: 1_100_000 })
  const [many, few] = [seededCells("large", 64), seededCells("small", 2)]
  const named = await Promise.all([many, few].map((cells) => nameCells(cells, realDeps.primitives)))
  const [large, small] = named.map((cells) => putAll(store, cells))
  await expect(large).rejects.toMatchObject({ code: "full" })
  await small
  expect(await store.count()).toBe(2)
})

test("The write-ahead log is emptied once no post comes", async () => {
  const store = freshStore()
  const log = store.file
  const { statSync } = await import("node:fs")
  // No timer has fired between the commit and this.
  await putAll(store, await nameCells(seededCells("quiet", 20), realDeps.primitives))
  expect(statSync(`${log}-wal`).size).toBeGreaterThan(20 * 76)
  await expect.poll(() => statSync(`${log}-wal`).size, { timeout: 30_000 }).toBe(0)
})
