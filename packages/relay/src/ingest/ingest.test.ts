import { expect, test } from "vitest"
import { nameCells } from "../store/cells.ts"
import { freshStore, postCells, realDeps, seededCells, startRelay } from "../testing/test-relay.ts"
import { createIngest } from "./ingest.ts"

const countCells = (store: { db: { prepare(sql: string): { get(): unknown } } }): number =>
  (store.db.prepare("SELECT count(*) AS count FROM cell").get() as { count: number }).count

test("Posts that come together are committed together", async () => {
  const relay = await startRelay()
  await postCells(relay.url, seededCells("warm", 1))
  const before = relay.store.commits
  const posts = 128
  const answers = await Promise.all(seededCells("crowd", posts).map((cell) => postCells(relay.url, [cell])))
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  expect(countCells(relay.store)).toBe(posts + 1)
  expect(relay.store.commits - before).toBeLessThan(posts / 2)
})

test("A group is committed at 256 cells without waiting", async () => {
  const store = freshStore()
  const ingest = createIngest(store)
  const cells = await nameCells(seededCells("many", 256), realDeps.primitives)
  const put = ingest.put(cells)
  // Nothing ran in between: no timer has fired.
  expect([store.commits, countCells(store)]).toEqual([1, 256])
  await put
})

test("A post that fits is kept although its neighbour does not", async () => {
  const store = freshStore(realDeps, 600_000)
  const ingest = createIngest(store)
  const large = ingest.put(await nameCells(seededCells("large", 64), realDeps.primitives))
  const small = ingest.put(await nameCells(seededCells("small", 2), realDeps.primitives))
  ingest.flush()
  await expect(large).rejects.toMatchObject({ code: "full" })
  await small
  expect(countCells(store)).toBe(2)
})

test("The write-ahead log is emptied once no post comes", async () => {
  const relay = await startRelay()
  await postCells(relay.url, seededCells("quiet", 20))
  const log = relay.store.db.location() ?? ""
  const { statSync } = await import("node:fs")
  expect(statSync(`${log}-wal`).size).toBeGreaterThan(20 * 16_384)
  await expect.poll(() => statSync(`${log}-wal`).size, { timeout: 30_000 }).toBe(0)
})
