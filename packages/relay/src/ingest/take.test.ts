import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { VEILED_CELL_BYTES, veil } from "@govah/core/veil"
import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import {
  freshFolder,
  freshStore,
  hashOf,
  realDeps,
  seededBytes,
  seededCells,
  storedIds,
} from "../testing/test-relay.ts"
import { takeFile } from "./take.ts"

test("A bundle file is taken whole, and taking it again changes nothing", async () => {
  const store = freshStore()
  const file = join(freshFolder(), "parcel.govah")
  const cells = seededCells("file", 150)
  writeFileSync(file, Buffer.concat([...cells, seededBytes("tail", 999)]))
  expect(await takeFile(store, file)).toEqual({ stored: 150, known: 0, damaged: 0, cutBytes: 999 })
  expect(await takeFile(store, file)).toEqual({ stored: 0, known: 150, damaged: 0, cutBytes: 999 })
  expect(await storedIds(store)).toEqual(cells.map(hashOf).sort())
  expect(await store.fsck()).toEqual({ checked: 150, damaged: [], structure: [] })
})

test("A file that is empty, shorter than a cell or not there", async () => {
  const store = freshStore()
  expect(await takeFile(store, Readable.from([]))).toEqual({ stored: 0, known: 0, damaged: 0, cutBytes: 0 })
  expect(await takeFile(store, Readable.from([seededBytes(1, 5)]))).toEqual({
    stored: 0,
    known: 0,
    damaged: 0,
    cutBytes: 5,
  })
  await expect(takeFile(store, join(freshFolder(), "none"))).rejects.toMatchObject({ code: "ENOENT" })
  await expect(takeFile(store, freshFolder())).rejects.toMatchObject({ code: "EISDIR" })
})

test("A full store says how much of the file is safe, and it is", async () => {
  const store = freshStore(realDeps, { maxBytes: 2_500_000 })
  const file = join(freshFolder(), "parcel.govah")
  writeFileSync(file, Buffer.concat(seededCells("big", 300)))
  const failure = await takeFile(store, file).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: "full" })
  const { checked, damaged } = await store.fsck()
  expect((failure as Error).message).toContain(`${checked} cells of the file are safe`)
  expect([checked, damaged]).toEqual([128, []])
})

test("A veiled file is taken like a plain one, and says what was damaged in it", async () => {
  const store = freshStore()
  const cells = seededCells("veiled", 80)
  const veils = await Promise.all(cells.map((cell) => veil(cell, nodePrimitives)))
  const spoilt = Buffer.concat([...veils, seededBytes("tail", 1234)])
  // One bit in each of two veils, the first of them among the two.
  for (const at of [3, 70 * VEILED_CELL_BYTES + 9_000]) spoilt[at] = (spoilt[at] as number) ^ 4
  const source = (): Readable => Readable.from([spoilt.subarray(0, 50_001), spoilt.subarray(50_001)])
  expect(await takeFile(store, source())).toEqual({ stored: 78, known: 0, damaged: 2, cutBytes: 1234 })
  expect(await takeFile(store, source())).toEqual({ stored: 0, known: 78, damaged: 2, cutBytes: 1234 })
  const whole = Readable.from([Buffer.concat(veils)])
  expect(await takeFile(store, whole)).toEqual({ stored: 2, known: 78, damaged: 0, cutBytes: 0 })
  expect(await storedIds(store)).toEqual(cells.map(hashOf).sort())
})
