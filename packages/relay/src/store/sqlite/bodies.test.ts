import { join } from "node:path"
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
import { type OpenBodies, openBodies, openFlushed } from "./bodies.ts"

const PLACE_BYTES = 16_384

test("A fault that the disk tells while bodies are still being written fails the flush after them", async () => {
  const faults = [Object.assign(new Error("input/output error"), { code: "EIO" })]
  // As a disk does: it tells a fault once, and the next who waits hears of none.
  const bodies = openFlushed(join(freshFolder(), "relay.db-cells"), PLACE_BYTES, async () => {
    const fault = faults.pop()
    if (fault !== undefined) throw fault
  })
  onTestFinished(() => bodies.close())
  bodies.write(1, new Uint8Array(100 * PLACE_BYTES))
  await expect(bodies.flush()).rejects.toMatchObject({ code: "EIO" })
  await bodies.flush()
})

test("Known and forgotten cells cost as many bodies as new ones", async () => {
  let written = 0
  const openCounted: OpenBodies = (path, bytes) => {
    const bodies = openBodies(path, bytes)
    return {
      ...bodies,
      write(place, some) {
        written += some.length / bytes
        bodies.write(place, some)
      },
    }
  }
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES, openBodies: openCounted })
  // The first post of all makes room.
  await putAll(store, [...shortRows("known", 4), ...shortRows("forgotten", 4)])
  await store.forget([0, 1, 2, 3].map((i) => shortToken("forgotten", i)))
  const counts: number[] = []
  for (const kind of ["new", "known", "forgotten"]) {
    written = 0
    await putAll(store, shortRows(kind, 4))
    counts.push(written)
  }
  expect(counts).toEqual([4, 4, 4])
})
