import { gatherBytes } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { sealClosing } from "@govah/core/seal"
import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { recordFor, rootOf } from "../testing/recording.ts"
import { inviteUnit } from "../testing/unit.ts"

let t: TestDesk
beforeEach(async () => {
  const made = await makeTestDesk()
  t = made
  onTestFinished(() => made.dispose())
})

// 24 kbit/s: 6 kB in 2 s.
const speech = Array.from({ length: 20 }, () => p.random(6_000))

async function heard(root: CellId): Promise<Buffer> {
  return Buffer.from(await gatherBytes(t.desk.attachment(root, 0)))
}

test("a recording that a crash cut is one whole report, marked, however its cells come", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const all = [...made.cells, made.recording.provisional.bytes, ...(await made.close())]
  // Three slices share a cell: 20 slices in 8 cells, not 20.
  expect(made.cells.length).toBe(8)
  const mixed = all.toSorted((a, b) => (a[99] as number) - (b[99] as number))
  const first = await t.take(mixed.slice(0, 5), "one")
  const second = await t.take([...mixed.slice(5), ...mixed.slice(0, 2)], "two")
  const received = [...first.received, ...second.received]
  expect(received.length).toBe(1)
  const root = received[0] as CellId
  expect(second).toMatchObject({ completed: [root], waiting: 0, unreadable: [] })
  const rows = await t.desk.list()
  expect(rows.length).toBe(1)
  expect(rows[0]).toMatchObject({
    open: "whole",
    recording: "cut",
    contested: false,
    late: false,
    unitStanding: "known",
    missingCells: 0,
  })
  expect(rows[0]?.said).toMatchObject({ words: "draft", attachments: 1 })
  expect((await heard(root)).equals(Buffer.concat(speech))).toBe(true)
  // Any root of it leads to the report.
  const { attachments, roots } = await t.desk.show(made.recording.provisional.id)
  expect(attachments).toEqual([{ type: "audio/webm", bytes: 120_000, sha256: null }])
  expect(roots.map(({ part }) => part).sort()).toEqual(["closing", "provisional"])
  expect((await t.desk.makeFeed()).receipts).toBe(1)
  expect(await t.desk.verify()).toEqual([])
})

test("a provisional root alone waits and says so; its end makes it whole", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const { id } = made.recording.provisional
  expect(await t.take([made.recording.provisional.bytes])).toMatchObject({ received: [id], waiting: 1 })
  expect(await t.take([made.recording.provisional.bytes], "replay")).toMatchObject({
    received: [],
    waiting: 1,
  })
  expect(await t.desk.list()).toMatchObject([{ open: "waiting", recording: "open", root: id }])
  expect((await t.desk.list())[0]?.said?.words).toBe("draft")
  await expect(heard(id)).rejects.toMatchObject({ code: "no-attachment" })
  expect((await t.desk.makeFeed()).receipts).toBe(0)
  expect(await t.take([...made.cells, ...(await made.close())])).toMatchObject({
    received: [],
    completed: [id],
    waiting: 0,
  })
  expect((await heard(id)).equals(Buffer.concat(speech))).toBe(true)
})

test("a closing root alone waits for its provisional root", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const closing = await made.close()
  const id = await rootOf(closing)
  expect(await t.take([...made.cells, ...closing])).toMatchObject({
    received: [id],
    completed: [],
    waiting: 1,
  })
  expect(await t.desk.list()).toMatchObject([
    { open: "waiting", recording: "open", unit: null, missingCells: 1 },
  ])
  expect(await t.take([made.recording.provisional.bytes])).toMatchObject({ received: [], completed: [id] })
  expect(await t.desk.list()).toMatchObject([
    { root: id, open: "whole", recording: "cut", unitStanding: "known" },
  ])
})

test("a final root is the report; a provisional and a closing root beside it, before or after, change nothing", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const final = await made.finish("final")
  const cut = [made.recording.provisional.bytes, ...(await made.close())]
  await t.take([...made.cells, ...cut])
  await t.take(final)
  const [row, ...more] = await t.desk.list()
  expect(more).toEqual([])
  expect(row).toMatchObject({ open: "whole", recording: null, contested: false })
  expect(row?.said?.words).toBe("final")
  await t.take(cut, "again")
  expect((await t.desk.show(await rootOf(final))).report?.text).toBe("final")
  expect((await t.desk.show(made.recording.provisional.id)).report?.text).toBe("final")
  expect((await t.desk.show(made.recording.provisional.id)).attachments[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await t.desk.verify()).toEqual([])
})

test("a second final root is shown as contested and replaces nothing; each can be read", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const first = await made.finish("first")
  const second = await made.finish("second")
  await t.take([...made.cells, ...first])
  expect(await t.take(second)).toMatchObject({ received: [], completed: [], unreadable: [] })
  expect(await t.desk.list()).toMatchObject([{ open: "whole", contested: true, said: { words: "first" } }])
  expect((await t.desk.show(await rootOf(first))).report?.text).toBe("first")
  expect((await t.desk.show(await rootOf(second))).report?.text).toBe("second")
})

test("a closing root by another one-time key is refused and shown, and the recording goes on waiting", async () => {
  const made = await recordFor(t.desk, t.today(), speech)
  const forged = await made.close({ seed: p.random(32) })
  const id = await rootOf(forged)
  for (const order of [
    [made.recording.provisional.bytes, ...forged],
    [...forged, made.recording.provisional.bytes],
  ]) {
    await t.take([...made.cells, ...order])
    const rows = await t.desk.list()
    expect(rows.length).toBe(2)
    expect(rows.find(({ root }) => root === id)).toMatchObject({
      open: "unreadable",
      unreadable: "wrong-closer",
    })
    expect(rows.find(({ root }) => root !== id)).toMatchObject({ open: "waiting", recording: "open" })
  }
  // Control: with the right key it closes.
  await t.take(await made.close())
  expect((await t.desk.list()).map(({ open }) => open).sort()).toEqual(["unreadable", "whole"])
})

interface Named {
  readonly slices: readonly number[]
  readonly ids: readonly CellId[]
}
const forgeries: readonly (readonly [string, (own: Named, other: Named) => Named, string])[] = [
  ["fewer slices", ({ slices, ids }) => ({ slices: slices.slice(0, 7), ids }), "a beginning"],
  ["without the first slice", ({ slices, ids }) => ({ slices: slices.slice(1), ids }), "a beginning"],
  ["other lengths", ({ slices, ids }) => ({ slices: slices.map((n) => n - 1), ids }), "unreadable"],
  ["cells in another order", ({ slices, ids }) => ({ slices, ids: ids.toReversed() }), "unreadable"],
  ["cells of another recording", ({ slices }, { ids }) => ({ slices, ids }), "unreadable"],
]

test.each(forgeries)(
  "who seizes the one-time key and names %s alters nothing",
  async (_, forge, expected) => {
    const made = await recordFor(t.desk, t.today(), speech)
    const other = await recordFor(t.desk, t.today(), speech)
    const { slices, ids } = forge(made.recording, other.recording)
    const { closer, provisional } = made.recording
    const forged: Uint8Array[] = []
    for await (const { bytes } of sealClosing(closer, slices, ids, p)) forged.push(bytes.slice())
    await t.take([...made.cells, ...other.cells, provisional.bytes, ...forged])
    const outcome = await heard(provisional.id).then(
      (bytes) =>
        Buffer.concat(speech).subarray(0, bytes.length).equals(bytes) ? "a beginning" : "other data",
      (error: { code: string }) => error.code,
    )
    expect(outcome).toBe(expected)
  },
)

const PARTS = ["provisional", "closing", "final", "cells"] as const

test("whatever roots of a recording come, in whatever order and however often, are one report, read from the fullest", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 7 }), async (order) => {
      const own = await makeTestDesk()
      try {
        const made = await recordFor(own.desk, own.today(), speech.slice(0, 3))
        const parts = {
          provisional: [made.recording.provisional.bytes],
          closing: await made.close(),
          final: await made.finish("final"),
          cells: made.cells,
        }
        for (const [i, part] of order.entries()) await own.take(parts[part], `${i}`)
        const has = (part: (typeof PARTS)[number]): boolean => order.includes(part)
        const rows = await own.desk.list()
        const roots = PARTS.filter((part) => part !== "cells" && has(part))
        // A closing root without its provisional root cannot say whose it is: beside a final root it stays apart.
        const apart = has("closing") && has("final") && !has("provisional")
        expect(rows.length).toBe(roots.length === 0 ? 0 : apart ? 2 : 1)
        const fullest = rows.find(({ roots: of }) => of.some(({ part }) => part === "final")) ?? rows[0]
        if (has("final"))
          expect(fullest).toMatchObject({ recording: null, open: has("cells") ? "whole" : "waiting" })
        else if (has("provisional") && has("closing")) {
          expect(fullest).toMatchObject({ recording: "cut", open: has("cells") ? "whole" : "waiting" })
        } else if (roots.length > 0) expect(fullest).toMatchObject({ recording: "open", open: "waiting" })
        for (const row of rows) expect(row).toMatchObject({ contested: false, unreadable: null })
      } finally {
        await own.dispose()
      }
    }),
    { numRuns: 10 },
  )
})

test("a report that comes after its term has ended is opened and marked late; one in time is not", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const [inTime, late] = [await unit.seal({ text: "in time" }), await unit.seal({ text: "late" })]
  const cut = await recordFor(t.desk, t.today(), speech)
  t.clock.now += 29 * 86_400_000
  await t.take(inTime.cells, "one")
  t.clock.now += 86_400_000
  await t.take([...late.cells, ...cut.cells, cut.recording.provisional.bytes, ...(await cut.close())], "two")
  const rows = await t.desk.list()
  expect(Object.fromEntries(rows.map((row) => [row.said?.words, row.late]))).toEqual({
    "in time": false,
    late: true,
    draft: true,
  })
  // It was sealed to the term that began on the first day, and a later term's card does not change what it opens.
  expect(rows.every(({ open }) => open === "whole")).toBe(true)
})
