import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { FAULTY_SIGNER, inviteUnit, secretOf, type TestParcel } from "../testing/unit.ts"

const DAY_MS = 86_400_000

async function deskWithDoor(strangersADay: number): Promise<TestDesk> {
  const t = await makeTestDesk({ strangersADay })
  onTestFinished(() => t.dispose())
  return t
}

/** Parcels of so many anonymous witnesses, each with a key of their own: as a flood would be. */
async function strangers(t: TestDesk, count: number): Promise<readonly TestParcel[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => await (await inviteUnit(t.desk, t.today(), null)).seal()),
  )
}

const cellsOf = (parcels: readonly TestParcel[]): readonly Uint8Array[] =>
  parcels.flatMap(({ cells }) => cells)

test("a flood of strangers fills the door and no more; who was invited, or heard before, passes it", async () => {
  const t = await deskWithDoor(3)
  const unit = await inviteUnit(t.desk, t.today())
  const heard = await inviteUnit(t.desk, t.today(), null)
  const before = await heard.seal()
  await t.take(before.cells)
  await t.desk.reply(before.rootId, "Where was that?")

  const flood = await strangers(t, 6)
  const summary = await t.take(cellsOf(flood))
  expect([summary.received.length, summary.atDoor]).toEqual([2, 4])
  const [of, again] = [await unit.seal(), await heard.seal()]
  expect((await t.take([...of.cells, ...again.cells])).received).toHaveLength(2)
  expect(await t.desk.list()).toHaveLength(5)

  // Who waits gets no receipt, so their phones keep what they sent; brought again, it still waits.
  expect(await t.desk.makeFeed()).toMatchObject({ receipts: 5 })
  expect(await t.take(cellsOf(flood))).toMatchObject({ received: [], atDoor: 4 })

  // The next days let the others in, every one once.
  t.clock.now += DAY_MS
  expect(await t.take(of.cells)).toMatchObject({ atDoor: 1 })
  t.clock.now += DAY_MS
  expect(await t.take(of.cells)).toMatchObject({ atDoor: 0 })
  const rows = await t.desk.list()
  expect(rows.filter(({ root }) => flood.some(({ rootId }) => rootId === root))).toHaveLength(6)
  expect(rows.every(({ open }) => open === "whole")).toBe(true)
  expect(await t.desk.verify()).toEqual([])
})

test("without the door all of a flood becomes entries", async () => {
  const t = await deskWithDoor(1_000)
  expect(await t.take(cellsOf(await strangers(t, 6)))).toMatchObject({ atDoor: 0 })
  expect(await t.desk.list()).toHaveLength(6)
})

test("what is damaged, badly signed, or shows an invitation that another showed, counts as strangers' too", async () => {
  const t = await deskWithDoor(1)
  const { text } = await t.desk.invite("copied")
  const secret = await secretOf(text, t.today())
  const first = await (await inviteUnit(t.desk, t.today(), secret)).seal()
  await t.take(first.cells)
  const flood = await Promise.all([
    (await inviteUnit(t.desk, t.today(), secret)).seal(),
    (await inviteUnit(t.desk, t.today(), secret)).seal(),
    (await inviteUnit(t.desk, t.today(), undefined, FAULTY_SIGNER)).seal(),
    (await inviteUnit(t.desk, t.today(), null)).seal(),
  ])
  const broken = (flood.at(-1) as TestParcel).cells.map((cell, i, all) =>
    i === all.length - 1 ? cell.map((byte, at) => (at === 16_000 ? byte ^ 1 : byte)) : cell,
  )
  const summary = await t.take([...cellsOf(flood.slice(0, 3)), ...broken])
  expect(summary.received.length + summary.unreadable.length).toBe(1)
  expect(summary.atDoor).toBe(3)
})

test("what waits at the door for longer than any cell is kept goes as a stranger's cell does", async () => {
  const t = await deskWithDoor(0)
  await t.take(cellsOf(await strangers(t, 2)))
  t.clock.now += 121 * DAY_MS
  // Another file, so that the desk looks at what it holds.
  await t.take([p.random(16_384)])
  expect(await t.take([p.random(16_384)])).toMatchObject({ atDoor: 0 })
})
