import { expect, onTestFinished, test, vi } from "vitest"
import { nameCells } from "../../ingest/name-cells.ts"
import { GROUP_CELLS } from "../../limits.ts"
import {
  freshStore,
  postCells,
  putAll,
  realDeps,
  seededCells,
  SHORT_BYTES,
  shortRows,
  startRelay,
} from "../../testing/test-relay.ts"

test("Posts that come together are committed together", async () => {
  // Here nobody works: whoever works does not post at the same time as the others.
  const relay = await startRelay({ workBits: 0 })
  await postCells(relay.url, seededCells("warm", 1))
  const before = relay.store.commits
  const posts = 128
  const headers = { "Content-Type": "application/octet-stream" }
  const answers = await Promise.all(
    seededCells("crowd", posts).map((body) => fetch(`${relay.url}/cells`, { method: "POST", headers, body })),
  )
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  expect(await relay.store.count()).toBe(posts + 1)
  expect(relay.store.commits - before).toBeLessThan(posts / 2)
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
  const relay = await startRelay()
  await postCells(relay.url, seededCells("quiet", 20))
  const log = relay.file
  const { statSync } = await import("node:fs")
  expect(statSync(`${log}-wal`).size).toBeGreaterThan(20 * 76)
  await expect.poll(() => statSync(`${log}-wal`).size, { timeout: 30_000 }).toBe(0)
})
