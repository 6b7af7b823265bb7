import { randomBytes } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { govahHere, mustHere } from "./govah-here.ts"
import { must, startGovah } from "./govah-process.ts"
import {
  admitTo,
  fill,
  forget,
  gateTo,
  kept,
  namesOf,
  post,
  PUT_CELLS,
  READ_CELLS,
  serve,
  someCells,
} from "./relay-sync-support.ts"

test("two relays that run become alike, through two kills; what either forgot stays forgotten in both", async () => {
  const folder = await freshFolder()
  const [both, mine, theirs] = [someCells(40), someCells(200), someCells(200)]
  const [goneHere, goneThere] = [someCells(1), someCells(1)]
  const gone = [...goneHere, ...goneThere]
  await fill(join(folder, "a.db"), [...both, ...gone, ...mine])
  await fill(join(folder, "b.db"), [...both, ...gone, ...theirs])
  const [a, b] = await Promise.all([serve(folder, "a.db"), serve(folder, "b.db")])
  const capability = await admitTo(b.file, "mirror")
  await forget(a.file, goneHere)
  await forget(b.file, goneThere)
  const gate = await gateTo(b.url)
  const sync = ["relay", "sync", "--store", "a.db", "--capability", capability, "--with"]

  // Killed before the third bundle is asked for: two of 64 are here to stay.
  const first = startGovah([...sync, gate.url], folder)
  gate.killAt(first, READ_CELLS, 3, "before")
  expect((await first.finished).code).toBeNull()
  expect(await kept(a.file)).toHaveLength(40 + 200 + 128)
  // Killed when the other relay has taken the second bundle, and before it is heard that it has.
  const second = startGovah([...sync, gate.url], folder)
  gate.killAt(second, PUT_CELLS, 2, "after")
  expect((await second.finished).code).toBeNull()
  expect(await kept(b.file)).toHaveLength(40 + 200 + 128)

  // It fetches and brings side by side: how much of theirs had come by then is a matter of moments.
  const union = namesOf([...both, ...mine, ...theirs])
  const had = await kept(a.file)
  expect(had.length).toBeGreaterThanOrEqual(40 + 200 + 128)
  expect(await must([...sync, b.url], folder)).toContain(
    `${union.length - had.length} new pieces came and 72 went; 0 were forgotten on one side`,
  )
  expect(await kept(a.file)).toEqual(union)
  expect(await kept(b.file)).toEqual(union)

  // Whoever still holds a forgotten cell brings it in vain, to either, and to both by a sync; another goes round.
  const late = someCells(1)
  expect([await post(a.url, [...goneThere, ...late]), await post(b.url, goneHere)]).toEqual([200, 200])
  expect(await mustHere([...sync, b.url], folder)).toContain("0 new pieces came and 1 went")
  expect(await kept(a.file)).toEqual([...union, ...namesOf(late)].sort())
  expect(await kept(b.file)).toEqual(await kept(a.file))
})

test("a relay that this one is not admitted to is refused in the very words of an address where there is none", async () => {
  const folder = await freshFolder()
  await fill(join(folder, "a.db"), someCells(1))
  const relay = await serve(folder, "b.db")
  const [desk, mirror] = [await admitTo(relay.file, "desk"), await admitTo(relay.file, "mirror")]
  const sync = async (url: string, capability: string): Promise<unknown> =>
    await govahHere(["relay", "sync", "--store", "a.db", "--with", url, "--capability", capability], folder)
  const [absent, stranger, asDesk] = await Promise.all([
    sync(`${relay.url}/elsewhere`, mirror),
    sync(relay.url, randomBytes(32).toString("base64url")),
    sync(relay.url, desk),
  ])
  expect(absent).toEqual({ code: 1, out: "", err: expect.stringContaining("answered 404") })
  expect([stranger, asDesk]).toEqual([absent, absent])
})

test("a folder and a file that go to and fro make two relays alike; what either forgot stays forgotten in both", async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, "stick"))
  await Promise.all(
    ["stick", "one.bin"].map(async (road) => {
      const [both, mine, theirs, gone] = [someCells(5), someCells(9), someCells(9), someCells(2)]
      const [a, b] = [`a-${road}.db`, `b-${road}.db`]
      await fill(join(folder, a), [...both, ...mine, ...gone])
      await fill(join(folder, b), [...both, ...theirs, ...gone])
      await forget(join(folder, b), gone)
      for (const file of [a, b, a, b])
        await mustHere(["relay", "sync", "--store", file, "--with", road], folder)
      const union = namesOf([...both, ...mine, ...theirs])
      expect(await kept(join(folder, a))).toEqual(union)
      expect(await kept(join(folder, b))).toEqual(union)
    }),
  )
})
