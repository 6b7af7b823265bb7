import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import fc from "fast-check"
import { expect, test } from "vitest"
import { fsck } from "../store/fsck.ts"
import { freshFolder, freshStore, hashOf, realDeps, seededBytes, seededCells } from "../testing/test-relay.ts"
import { eachBatch, takeFile } from "./take.ts"

test("A bundle file is taken whole, and taking it again changes nothing", async () => {
  const store = freshStore()
  const file = join(freshFolder(), "parcel.govah")
  const cells = seededCells("file", 150)
  writeFileSync(file, Buffer.concat([...cells, seededBytes("tail", 999)]))
  expect(await takeFile(store, file)).toEqual({ stored: 150, known: 0, cutBytes: 999 })
  expect(await takeFile(store, file)).toEqual({ stored: 0, known: 150, cutBytes: 999 })
  const rows = store.db.prepare("SELECT lower(hex(id)) AS id FROM cell ORDER BY id").all() as { id: string }[]
  expect(rows.map((row) => row.id)).toEqual(cells.map(hashOf).sort())
  expect(await fsck(store)).toEqual({ checked: 150, damaged: [], structure: [] })
})

test("A file that is empty, shorter than a cell or not there", async () => {
  const store = freshStore()
  expect(await takeFile(store, Readable.from([]))).toEqual({ stored: 0, known: 0, cutBytes: 0 })
  expect(await takeFile(store, Readable.from([seededBytes(1, 5)]))).toEqual({
    stored: 0,
    known: 0,
    cutBytes: 5,
  })
  await expect(takeFile(store, join(freshFolder(), "none"))).rejects.toMatchObject({ code: "ENOENT" })
  await expect(takeFile(store, freshFolder())).rejects.toMatchObject({ code: "EISDIR" })
})

test("A full store says how much of the file is safe, and it is", async () => {
  const store = freshStore(realDeps, 2_500_000)
  const file = join(freshFolder(), "parcel.govah")
  writeFileSync(file, Buffer.concat(seededCells("big", 300)))
  const failure = await takeFile(store, file).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: "full" })
  const { checked, damaged } = await fsck(store)
  expect((failure as Error).message).toContain(`${checked} cells of the file are safe`)
  expect([checked, damaged]).toEqual([128, []])
})

test("However a stream is chunked, its cells come out the same", async () => {
  const bundle = Buffer.concat([...seededCells("chunks", 70), seededBytes("tail", 4321)])
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 12 }),
      async (sizes) => {
        const chunks: Buffer[] = []
        for (let offset = 0, i = 0; offset < bundle.length; i++) {
          const size = sizes[i % sizes.length] as number
          chunks.push(bundle.subarray(offset, offset + size))
          offset += size
        }
        const seen: Buffer[] = []
        const cutBytes = await eachBatch(Readable.from(chunks), async (cells) => {
          expect(cells.length).toBeLessThanOrEqual(64)
          for (const cell of cells) seen.push(Buffer.from(cell))
        })
        expect(cutBytes).toBe(4321)
        expect(hashOf(Buffer.concat(seen))).toBe(hashOf(bundle.subarray(0, bundle.length - 4321)))
      },
    ),
    { seed: 20210222, numRuns: 10 },
  )
})
