import { readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { nameCells } from "../../ingest/name-cells.ts"
import { WINDOW_MS } from "../../limits.ts"
import { freshStore, ownCells, putAll, realDeps } from "../../testing/test-relay.ts"
import { makeWorld } from "../testing/store-bed.ts"
import type { AskDisk } from "./disk-left.ts"

const DISK_BYTES = 23_000_000
const POST_CELLS = 32

function countBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

test("On a disk that is full of cells there is room left to forget, to close a window and to expire", async () => {
  const world = makeWorld()
  const askDisk: AskDisk = (folder) => Math.max(0, DISK_BYTES - countBytes(folder))
  const store = freshStore({ ...realDeps, ...world }, { askDisk })
  const check = (): void => expect(countBytes(dirname(store.file))).toBeLessThan(DISK_BYTES)
  const { cells, tokens } = ownCells("full", 1_408)
  const named = await nameCells(cells, realDeps.primitives)
  let kept = 0
  for (let isFull = false; !isFull && kept < named.length; ) {
    await putAll(store, named.slice(kept, kept + POST_CELLS)).then(
      () => (kept += POST_CELLS),
      (error: unknown) => {
        expect(error).toMatchObject({ code: "full" })
        isFull = true
      },
    )
    check()
  }
  expect(kept).toBeGreaterThan(256)
  await store.forget(tokens.slice(0, 64))
  check()
  world.pass(WINDOW_MS)
  await store.tidy()
  check()
  // What was forgotten has made room.
  await putAll(store, named.slice(-POST_CELLS))
  world.passDays(100)
  await store.expire()
  check()
  expect(await store.count()).toBe(0)
})
