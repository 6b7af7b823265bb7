import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { buildReport } from "@govah/field"
import { createFieldHome, todayUtc, writeBundle } from "@govah/field/node"
import { expect, test } from "vitest"
import { recordedSlice } from "./recorded-slice.ts"
import { deskAndUnit, isReadable, killRecordings } from "./recording-support.ts"
import { copied } from "./copied.ts"

test("a recording that ends well is one ordinary report, and its provisional root never leaves", async () => {
  const { desk, folder, unit } = await deskAndUnit()
  const home = await createFieldHome(unit)
  const recorder = await home.record(buildReport({ text: "draft" }, 1), "audio/webm", todayUtc())
  const fed = Array.from({ length: 9 }, (_, index) => recordedSlice("one", index))
  // Handed over without waiting, as a microphone does: they are kept in order all the same.
  await Promise.all(fed.map((slice) => recorder.slice(slice)))
  expect(await isReadable(unit)).toBe(false)
  expect(await home.outbox.list()).toEqual([])
  const photo = { type: "image/jpeg", open: () => [new Uint8Array(50_000)] }
  const id = await recorder.finish(buildReport({ text: "final" }, 2), [photo])
  expect((await home.outbox.list()).map((parcel) => parcel.id)).toEqual([id])
  expect((await readdir(unit)).filter((name) => name.startsWith("recording-"))).toEqual([])
  await expect(recorder.slice(fed[0] as Uint8Array)).rejects.toThrow("ended")

  await writeBundle(home, null, join(folder, "stick"))
  await desk.take(join(folder, "stick"))
  const [row, ...more] = await desk.list()
  expect(more).toEqual([])
  expect(row).toMatchObject({
    open: "whole",
    recording: null,
    roots: [{ part: "final", standing: "counts" }],
  })
  const view = await desk.show(row?.root as never)
  expect(view.attachments.map(({ type, bytes }) => [type, bytes])).toEqual([
    ["audio/webm", 54_000],
    ["image/jpeg", 50_000],
  ])
  const back = Buffer.concat(await Array.fromAsync(desk.attachment(view.root, 0), copied))
  expect(back.equals(Buffer.concat(fed))).toBe(true)
})

test("an abandoned recording leaves nothing to send and nothing on the disk", async () => {
  const { unit } = await deskAndUnit()
  const home = await createFieldHome(unit)
  const before = await readdir(unit)
  const recorder = await home.record(buildReport({ text: "draft" }, 1), "video/webm", todayUtc())
  await recorder.slice(recordedSlice("one", 0))
  expect((await readdir(unit)).length).toBeGreaterThan(before.length + 1)
  await recorder.abandon()
  await recorder.abandon()
  // Every file of one size is there from the first start on, whatever was kept or not.
  expect((await readdir(unit)).sort()).toEqual([...before].sort())
  expect(await home.outbox.list()).toEqual([])
})

test("recordings killed at 20 seeded instants arrive but for what was never said to be kept", async () => {
  const outcomes = await killRecordings(20, 7)
  // All kinds of instants were met.
  expect(outcomes.finals).toBeGreaterThan(0)
  expect(outcomes.cut).toBeGreaterThan(0)
})
