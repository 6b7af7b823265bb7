import { beforeEach, expect, onTestFinished, test } from "vitest"
import { openDesk } from "./create-desk.ts"
import type { Store } from "./store/store.ts"
import { makeTestDesk, PASSPHRASE, type TestDesk } from "./testing/folder.ts"
import { openTestStore } from "./testing/open-store.ts"
import { inviteUnit } from "./testing/unit.ts"

let t: TestDesk
let store: Store
let root: string

// Entries: 1 invited, 2 received, 3 completed, 4 to 6 graded, placed, noted.
beforeEach(async () => {
  const made = await makeTestDesk()
  t = made
  const unit = await inviteUnit(t.desk, t.today())
  const parcel = await unit.seal()
  root = parcel.rootId
  await t.take(parcel.cells)
  await t.desk.act({ kind: "graded", root, grade: { reliability: "C", credibility: 3 } })
  const name = { fa: "سراوان", en: "Saravan" }
  await t.desk.act({ kind: "placed", root, place: { name, province: null, precision: "town" } })
  await t.desk.act({ kind: "noted", root, words: "first" })
  const opened = await openTestStore(t.folder)
  store = opened
  onTestFinished(async () => {
    opened.close()
    await made.dispose()
  })
})

test("nothing is wrong with a store that nobody touched (control)", async () => {
  expect(await t.desk.verify()).toEqual([])
})

test("an edited entry is named, and so is the one that followed it", async () => {
  const row = store.get<{ line: Buffer }>("SELECT line FROM entry WHERE n = 4")
  const edited = (row?.line.toString() ?? "").replace('"reliability":"C"', '"reliability":"A"')
  store.run("UPDATE entry SET line = ? WHERE n = 4", Buffer.from(edited))
  expect(await t.desk.verify()).toEqual(["ledger entry 4: bad-signature", "ledger entry 5: wrong-previous"])
})

test("an entry left out of the middle is named", async () => {
  store.run("DELETE FROM entry WHERE n = 4")
  expect(await t.desk.verify()).toEqual(["ledger entry 5: wrong-number"])
})

test("the last entry left out is named", async () => {
  store.run("DELETE FROM entry WHERE n = 6")
  expect(await t.desk.verify()).toEqual(["ledger: ends at entry 5, and 6 was the last one written"])
})

test("entries that changed places are named", async () => {
  store.run("UPDATE entry SET n = 99 WHERE n = 4")
  store.run("UPDATE entry SET n = 4 WHERE n = 5")
  store.run("UPDATE entry SET n = 5 WHERE n = 99")
  const wrong = await t.desk.verify()
  expect(wrong.slice(0, 2)).toEqual(["ledger entry 4: wrong-number", "ledger entry 5: wrong-number"])
})

test("an index that calls an entry by another hash is named", async () => {
  store.run("UPDATE entry SET hash = ? WHERE n = 4", "0".repeat(64))
  expect(await t.desk.verify()).toEqual(["ledger entry 4: its hash in the index is another"])
})

test("a whole ledger that is gone is named", async () => {
  store.run("DELETE FROM entry")
  expect(await t.desk.verify()).toEqual(["ledger: ends at entry 0, and 6 was the last one written"])
})

test("a cell whose bytes changed is named", async () => {
  store.run("UPDATE cell SET body = zeroblob(16384) WHERE id = ?", root)
  expect(await t.desk.verify()).toEqual([`cell ${root.slice(0, 12)}: its bytes are not those of its name`])
})

test("a root cell that is gone is named", async () => {
  store.run("DELETE FROM cell WHERE id = ?", root)
  expect(await t.desk.verify()).toEqual([`report ${root.slice(0, 12)}: its root cell is gone`])
})

test("a head of the feed that changed, and one that is gone, are named", async () => {
  await t.desk.makeFeed()
  expect(await t.desk.verify()).toEqual([])
  store.run("UPDATE feed SET head = x'00'")
  expect(await t.desk.verify()).toEqual(["feed number 1: changed"])
  store.run("DELETE FROM feed")
  expect(await t.desk.verify()).toEqual(["feed number 1: gone"])
})

test("two processes of one desk append to one chain", async () => {
  const second = await openDesk(t.folder, PASSPHRASE, t.deps)
  onTestFinished(() => second.close())
  const note = (words: string) => ({ kind: "noted", root, words }) as const
  await Promise.all([
    ...["a", "b", "c", "d"].map((words) => t.desk.act(note(words))),
    ...["e", "f", "g", "h"].map((words) => second.act(note(words))),
  ])
  expect([...(t.desk.state().reportsByRoot.get(root as never)?.notes ?? [])].sort().join("")).toBe(
    "abcdeffirstgh",
  )
  expect(await second.verify()).toEqual([])
})
