import { gatherBytes } from "@govah/core/bytes"
import { CELL_BYTES } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { cellOf, FAULTY_SIGNER, inviteUnit, REPORT, secretOf } from "../testing/unit.ts"

let t: TestDesk
beforeEach(async () => {
  const made = await makeTestDesk()
  t = made
  onTestFinished(() => made.dispose())
})

function flip(cell: Uint8Array, at: number): Uint8Array {
  const flipped = cell.slice()
  flipped[at] = (flipped[at] as number) ^ 1
  return flipped
}

test("a report that came in pieces, in any order, is one report, whole, bit for bit", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const photo = p.random(200_000)
  const parcel = await unit.seal({}, [{ type: "image/jpeg", bytes: photo }])
  const shuffled = [...parcel.cells].sort((a, b) => (a[99] as number) - (b[99] as number))
  const half = Math.ceil(shuffled.length / 2)
  const first = await t.take(shuffled.slice(0, half), "one")
  const second = await t.take([...shuffled.slice(half), ...shuffled.slice(0, 3)], "two")
  expect([...first.received, ...second.received]).toEqual([parcel.rootId])
  expect(second).toMatchObject({ completed: [parcel.rootId], waiting: 0, unreadable: [] })
  const back = Buffer.from(await gatherBytes(t.desk.attachment(parcel.rootId, 0)))
  expect(back.equals(photo)).toBe(true)
  const [row, ...others] = await t.desk.list()
  expect(others).toEqual([])
  expect(row).toMatchObject({ open: "whole", unitStanding: "known", signature: "good", missingCells: 0 })
  expect(row?.said).toMatchObject({ words: REPORT.text, attachments: 1, basis: "saw" })
  expect(await t.desk.verify()).toEqual([])
})

test("the same file again changes nothing; another sender of it is one line of custody", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  expect(await t.take(parcel.cells, "stick")).toMatchObject({ carried: 0 })
  expect(await t.take(parcel.cells, "stick")).toMatchObject({ received: [], completed: [], carried: 0 })
  expect(await t.take(parcel.cells, "phone")).toMatchObject({ received: [], completed: [], carried: 1 })
  expect(await t.take(parcel.cells, "phone")).toMatchObject({ carried: 0 })
  const { custody } = await t.desk.show(parcel.rootId)
  expect(custody.map(({ what, from }) => [what, from])).toEqual([
    ["received", "file stick"],
    ["completed", null],
    ["carried", "file phone"],
  ])
})

test("a bundle with a flipped bit: that cell is missed, the others are kept, and a resend heals it", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal({}, [{ type: "image/jpeg", bytes: p.random(100_000) }])
  const damaged = parcel.cells.map((cell, i) => (i === 2 ? flip(cell, 777) : cell))
  expect(await t.take(damaged)).toMatchObject({ received: [parcel.rootId], completed: [], waiting: 1 })
  expect((await t.desk.show(parcel.rootId)).missingCells).toBe(1)
  await expect(Array.fromAsync(t.desk.attachment(parcel.rootId, 0))).rejects.toMatchObject({
    code: "not-whole",
  })
  expect(await t.take([parcel.cells[2] as Uint8Array])).toMatchObject({
    completed: [parcel.rootId],
    waiting: 0,
  })
})

test("a cut bundle keeps its whole cells and says how much was cut", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  const root = parcel.cells.at(-1) as Uint8Array
  const summary = await t.take([...parcel.cells, root.subarray(0, 5_000)])
  expect(summary.sources).toEqual([
    {
      from: "bundle",
      cells: parcel.cells.length,
      newCells: parcel.cells.length,
      cutBytes: 5_000,
      damaged: 0,
      more: false,
      failed: null,
    },
  ])
  expect(summary.completed).toEqual([parcel.rootId])
})

test("a file without a whole cell, and one that is not there, are named", async () => {
  await expect(t.take([new Uint8Array(CELL_BYTES - 1)])).rejects.toMatchObject({ code: "no-bundle" })
  await expect(t.desk.take("/nowhere/at/all")).rejects.toMatchObject({ code: "no-bundle" })
  await expect(t.desk.take(t.folder)).rejects.toMatchObject({ code: "no-bundle" })
})

test("cells of nobody we know say nothing, and a known report is untouched by them", async () => {
  const other = await makeTestDesk()
  onTestFinished(() => other.dispose())
  const theirs = await (await inviteUnit(other.desk, other.today())).seal()
  expect(await t.take(theirs.cells)).toMatchObject({ received: [], unreadable: [], waiting: 0 })
  expect(await t.desk.list()).toEqual([])
})

test("a root changed on the way is kept, and shown as damaged", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  const tampered = flip(cellOf(parcel, parcel.rootId), CELL_BYTES - 1)
  const summary = await t.take([tampered])
  expect(summary.unreadable).toHaveLength(1)
  const [row] = await t.desk.list()
  expect(row).toMatchObject({ open: "unreadable", unreadable: "tampered", unit: null, said: null })
  // Twice is once, and the true one still comes in.
  expect((await t.take([tampered])).unreadable).toEqual([])
  expect((await t.take(parcel.cells)).completed).toEqual([parcel.rootId])
  expect(await t.desk.verify()).toEqual([])
})

test("a report from an anonymous witness is kept and shown as such", async () => {
  const witness = await inviteUnit(t.desk, t.today(), null)
  const parcel = await witness.seal()
  await t.take(parcel.cells)
  expect(await t.desk.show(parcel.rootId)).toMatchObject({
    unitStanding: "anonymous",
    open: "whole",
    signature: "good",
  })
})

test("a report with a bad signature is kept, shown as such, and makes nobody known", async () => {
  const unit = await inviteUnit(t.desk, t.today(), undefined, FAULTY_SIGNER)
  const parcel = await unit.seal()
  expect((await t.take(parcel.cells)).completed).toEqual([parcel.rootId])
  expect(await t.desk.show(parcel.rootId)).toMatchObject({
    signature: "bad",
    unitStanding: "unknown",
    open: "whole",
  })
})

test("an invitation used after its last day makes nobody known", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  t.clock.now += 15 * 86_400_000
  await t.take(parcel.cells)
  expect(await t.desk.show(parcel.rootId)).toMatchObject({ unitStanding: "unknown" })
})

test("two units that show one invitation are both contested", async () => {
  const { text } = await t.desk.invite("copied")
  const secret = await secretOf(text, t.today())
  const [one, two] = [
    await inviteUnit(t.desk, t.today(), secret),
    await inviteUnit(t.desk, t.today(), secret),
  ]
  const first = await one.seal()
  await t.take(first.cells)
  expect(await t.desk.show(first.rootId)).toMatchObject({ unitStanding: "known" })
  const second = await two.seal()
  await t.take(second.cells)
  for (const { rootId } of [first, second]) {
    expect(await t.desk.show(rootId)).toMatchObject({ unitStanding: "contested" })
  }
  const digits = await Promise.all(
    [first, second].map(async ({ rootId }) => (await t.desk.show(rootId)).unitDigits),
  )
  expect(digits[0]).toHaveLength(6)
  expect(digits[0]).not.toEqual(digits[1])
  // The words of one were compared: it is known, and the other stays contested. Nobody who never wrote can be confirmed.
  const unit = (await t.desk.show(first.rootId)).unit as string
  await t.desk.act({ kind: "confirmed-unit", unit })
  expect(await t.desk.show(first.rootId)).toMatchObject({ unitStanding: "known" })
  expect(await t.desk.show(second.rootId)).toMatchObject({ unitStanding: "contested" })
  await expect(t.desk.act({ kind: "confirmed-unit", unit: "A".repeat(43) })).rejects.toMatchObject({
    code: "unknown-id",
  })
})

test("foreign cells go after 120 days, and what a waiting report needs stays", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal({}, [{ type: "image/jpeg", bytes: p.random(90_000) }])
  const [missing, ...others] = parcel.cells
  const foreign = p.random(CELL_BYTES)
  await t.take([foreign, ...others])
  t.clock.now += 119 * 86_400_000
  // Known already: it was kept.
  expect((await t.take([foreign])).sources[0]?.newCells).toBe(0)
  t.clock.now += 2 * 86_400_000
  await t.take([p.random(CELL_BYTES)])
  expect((await t.take([foreign])).sources[0]?.newCells).toBe(1)
  expect((await t.take([missing as Uint8Array])).completed).toEqual([parcel.rootId])
})

test("late parcels to a past term still open", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  t.clock.now += 200 * 86_400_000
  await t.desk.card()
  expect((await t.take(parcel.cells)).completed).toEqual([parcel.rootId])
})

test("a report whose root is good and whose body is not is kept, and shown as damaged", async () => {
  // A sender whose annex does not match its own tag: nothing that a road could do.
  const hand = {
    ...p,
    aeadSeal: async (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array) => {
      const sealed = (await p.aeadSeal(key, nonce, plaintext)).slice()
      const isBody = Buffer.from(plaintext.subarray(0, 14)).toString() === '{"attachments"'
      return isBody ? flip(sealed, sealed.length - 1) : sealed
    },
  }
  const unit = await inviteUnit(t.desk, t.today(), undefined, hand)
  const parcel = await unit.seal({ text: "x".repeat(40_000) })
  expect(await t.take(parcel.cells)).toMatchObject({
    received: [parcel.rootId],
    unreadable: [parcel.rootId],
    completed: [],
    waiting: 0,
  })
  const view = await t.desk.show(parcel.rootId)
  expect(view).toMatchObject({
    open: "unreadable",
    unreadable: "tampered",
    report: null,
    unitStanding: "known",
  })
  expect(view.custody.map(({ what, from }) => [what, from])).toEqual([
    ["received", "file bundle"],
    ["unreadable", null],
  ])
  expect((await t.take(parcel.cells)).unreadable).toEqual([])
})

test("a long report whose body lies in an annex waits for it, and then is whole", async () => {
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal({ text: "ش".repeat(30_000) })
  const [first, ...others] = parcel.cells
  expect(await t.take(others)).toMatchObject({ received: [parcel.rootId], completed: [], waiting: 1 })
  expect((await t.desk.list())[0]).toMatchObject({ open: "waiting", said: null, missingCells: 1 })
  expect(await t.take([first as Uint8Array])).toMatchObject({ completed: [parcel.rootId], waiting: 0 })
  expect((await t.desk.show(parcel.rootId)).report?.text).toHaveLength(30_000)
})
