import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { equalBytes } from "@govah/core/bytes"
import { expect, onTestFinished, test } from "vitest"
import {
  freshFolder,
  freshStore,
  putAll,
  realDeps,
  SHORT_BYTES,
  shortRows,
  shortToken,
} from "../../testing/test-relay.ts"
import { WINDOW_MS } from "../../limits.ts"
import type { RelayStore } from "../port.ts"
import { makeWorld } from "../testing/store-bed.ts"
import { type OpenBodies, openBodies } from "./bodies.ts"
import { decodeHead } from "./slot-head.ts"
import { openStore } from "./sqlite-store.ts"

function openCopy(path: string): RelayStore {
  const copy = openStore(path, realDeps, { cellBytes: SHORT_BYTES })
  onTestFinished(() => copy.close())
  return copy
}

test("A copy has the cells that moved while it was made", async () => {
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  const cells = shortRows("before", 250)
  await putAll(store, cells)
  const to = join(freshFolder(), "copy.db")
  const backup = store.backup(to)
  // What these cells need room for moves most of the others, after the copy of the rows and before that of the bodies.
  const growth = putAll(store, shortRows("meanwhile", 256))
  await Promise.all([backup, growth])
  const copy = openCopy(to)
  const found = await copy.read(cells.map(({ id }) => id))
  expect(found.filter((cell) => cell === null)).toHaveLength(0)
  expect(found.map((cell) => Buffer.from(cell?.body ?? []))).toEqual(
    cells.map(({ body }) => Buffer.from(body)),
  )
  expect(await copy.fsck()).toMatchObject({ damaged: [], structure: [] })
})

test("A place that rests, rests in the copy too, and so does that of a cell that was forgotten meanwhile", async () => {
  const world = makeWorld()
  let atFirstRead = async (): Promise<void> => undefined
  const forgotten: Promise<void>[] = []
  let isWatched = false
  const openWatched: OpenBodies = (path, bytes) => {
    const bodies = openBodies(path, bytes)
    return {
      ...bodies,
      read(place) {
        if (isWatched && forgotten.length === 0) forgotten.push(atFirstRead())
        return bodies.read(place)
      },
    }
  }
  const options = { cellBytes: SHORT_BYTES, retentionDays: 10, openBodies: openWatched }
  const store = freshStore({ ...realDeps, ...world }, options)
  const cells = shortRows("closed", 256)
  await putAll(store, cells)
  world.pass(WINDOW_MS)
  await store.tidy()
  await store.forget([shortToken("closed", 0)])
  // The one that the backup comes to last.
  const [last] = store.sql("SELECT id FROM cell ORDER BY place DESC LIMIT 1")
  const victim = cells.findIndex(({ id }) => equalBytes(id, last?.["id"] as Uint8Array))
  isWatched = true
  atFirstRead = async () => await store.forget([shortToken("closed", victim)])
  const file = join(freshFolder(), "copy.db")
  await store.backup(file)
  await Promise.all(forgotten)
  expect(await openCopy(file).count()).toBe(254)
  const rows = new DatabaseSync(file)
  const heads = rows.prepare("SELECT head FROM slot").all() as { head: Uint8Array }[]
  rows.close()
  // Beside those that were made ready at rest.
  const resting = heads
    .map(({ head }) => decodeHead(head))
    .filter((said) => "restsIn" in said && said.restsIn > 0)
  expect(resting).toEqual(Array.from({ length: 2 }, () => ({ restsIn: 2, isStale: false })))
})
