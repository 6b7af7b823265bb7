import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { addArrived, readArrived } from "../outbox/arrived-list.ts"
import { addChain, addUnread, dropRead, readChains, readUnread } from "../replies/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { tabsOf } from "../testing/tabs.ts"
import { type LockedDrawer, readValue, writeValue } from "./index.ts"

const DAY = "2021-02-22"
const names = (from: string): readonly string[] => Array.from({ length: 15 }, (_, i) => `${from}${i}`)

function twoTabs(): readonly [LockedDrawer, LockedDrawer] {
  const open = tabsOf(crashingDrawer(0, false))
  return [locked(open(), p), locked(open(), p)]
}

test("two tabs that put away what has arrived lose nothing of each other's", async () => {
  const [one, other] = twoTabs()
  const all = [...names("a").map((id) => [one, id] as const), ...names("b").map((id) => [other, id] as const)]
  await Promise.all(all.map(([tab, id]) => addArrived(tab, { id, cells: 1, keptOn: DAY })))
  const ids = (await readArrived(one)).map(({ id }) => id)
  expect(ids.toSorted()).toEqual([...names("a"), ...names("b")].toSorted())
  expect(await readArrived(other)).toEqual(await readArrived(one))
})

test("positive control: who reads, and then writes, undoes what the other tab wrote", async () => {
  const [one, other] = twoTabs()
  const add = async (tab: LockedDrawer, id: string): Promise<void> => {
    const known = ((await readValue(tab, "arrived")) ?? []) as string[]
    await writeValue(tab, "arrived", [...known, id])
  }
  for (const i of names("")) await Promise.all([add(one, `a${i}`), add(other, `b${i}`)])
  expect(((await readValue(one, "arrived")) as string[]).length).toBeLessThan(30)
})

test("a report that is kept in one tab stays answerable while another tab reads answers", async () => {
  const [one, other] = twoTabs()
  const secrets = names("").map(() => p.random(32))
  await Promise.all(secrets.map((secret, i) => addChain(i % 2 === 0 ? one : other, secret, p)))
  // Each chain is another, and the random ones that fill the file are drawn anew each time it is read.
  const chains = (tab: LockedDrawer): Promise<string[]> =>
    readChains(tab, p).then((all) => all.map((chain) => Buffer.from(chain).toString("hex")))
  const [first, second] = [await chains(one), await chains(other)]
  expect(new Set(first).size).toBe(first.length)
  expect(first.slice(-15)).toEqual(second.slice(-15))
  const alone = locked(crashingDrawer(0, false), p)
  for (const secret of secrets) await addChain(alone, secret, p)
  expect(first.slice(-15).toSorted()).toEqual((await chains(alone)).slice(-15).toSorted())
})

test("an answer that comes while another tab puts some away is still there", async () => {
  const [one, other] = twoTabs()
  await addUnread(one, "old")
  await Promise.all([
    dropRead(one, ["old"]),
    addUnread(other, "new"),
    dropRead(other, []),
    addUnread(one, "newer"),
  ])
  expect((await readUnread(other)).toSorted()).toEqual(["new", "newer"])
})
