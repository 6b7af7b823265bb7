import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { Crash, crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { addUnread, dropRead, readUnread, UnreadFull } from "./unread.ts"

test("an answer that was said to be kept is there after a disk that fails at any call, and a power cut", async () => {
  for (let n = 1, fired = true; fired; n++) {
    const drawer = crashingDrawer(n, true)
    const sealed = locked(drawer, p)
    const said: string[] = []
    try {
      for (const words of ["one", "two", "three"]) {
        await addUnread(sealed, words)
        said.push(words)
      }
    } catch (error) {
      expect(error).toBeInstanceOf(Crash)
    }
    fired = drawer.calls >= n
    const found = await readUnread(
      locked(
        drawer.afterCrash(() => 0),
        p,
      ),
    )
    expect(found.slice(0, said.length)).toEqual(said)
  }
})

test("what was put away is nowhere in the file, and what came meanwhile stays", async () => {
  const drawer = bare(crashingDrawer(0, false), p)
  for (const words of ["SECRET one", "later"]) await addUnread(drawer, words)
  await addUnread(drawer, "later")
  expect(await readUnread(drawer)).toEqual(["SECRET one", "later"])
  await dropRead(drawer, ["SECRET one"])
  expect(await readUnread(drawer)).toEqual(["later"])
  const file = await drawer.open("unread", false)
  const bytes = Buffer.from((await file?.read(0, await file.size())) ?? [])
  expect(bytes.includes("SECRET")).toBe(false)
})

test("too many are refused before anything is written, and room is made by reading", async () => {
  const drawer = bare(crashingDrawer(0, false), p)
  const long = (i: number): string => `${i}`.padEnd(990, "\n")
  let kept = 0
  await expect(
    (async () => {
      for (; ; kept++) await addUnread(drawer, long(kept))
    })(),
  ).rejects.toThrow(UnreadFull)
  expect(kept).toBeGreaterThanOrEqual(7)
  expect(await readUnread(drawer)).toHaveLength(kept)
  await dropRead(drawer, [long(0)])
  await addUnread(drawer, long(99))
})
