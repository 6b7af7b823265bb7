import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import { GROUP_CELLS } from "../../limits.ts"
import { freshStore, putAll, realDeps, SHORT_BYTES, shortRows } from "../../testing/test-relay.ts"

test("While another process writes, this one goes on with everything else, and writes when it can", async () => {
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  await putAll(store, shortRows("first", 4))
  const other = new DatabaseSync(store.file)
  other.exec("BEGIN IMMEDIATE")
  let isKept = false
  const put = putAll(store, shortRows("second", GROUP_CELLS)).then(() => (isKept = true))
  // Timers run, which would not if this process waited inside SQLite; and so the other one, here the same, comes to its end.
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(isKept).toBe(false)
  other.exec("COMMIT")
  other.close()
  await put
  expect(await store.count()).toBe(4 + GROUP_CELLS)
})
