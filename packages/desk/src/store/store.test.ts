import { writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk } from "../testing/folder.ts"
import { openTestStore } from "../testing/open-store.ts"
import { inviteUnit } from "../testing/unit.ts"
import { unlockDesk } from "../unlocked-desk.ts"

test("a full disk is named, keeps what was there, and the same file goes in when there is room", async () => {
  const made = await makeTestDesk()
  onTestFinished(() => made.dispose())
  const unit = await inviteUnit(made.desk, made.today())
  const kept = await unit.seal()
  await made.take(kept.cells)
  const parcel = await unit.seal({}, [
    { type: "image/jpeg", bytes: Buffer.from(made.deps.primitives.random(60_000)) },
  ])
  const bundle = join(dirname(made.folder), "large")
  await writeFile(bundle, Buffer.concat(parcel.cells))

  const store = await openTestStore(made.folder)
  const pages = store.get<{ page_count: number }>("PRAGMA page_count")?.page_count ?? 0
  store.get(`PRAGMA max_page_count = ${pages + 4}`)
  const full = await unlockDesk(store, made.deps)
  onTestFinished(() => full.close())
  await expect(full.take(bundle)).rejects.toMatchObject({ code: "disk-full" })
  expect((await full.list()).map(({ root, open }) => [root, open])).toEqual([[kept.rootId, "whole"]])
  expect(await full.verify()).toEqual([])

  expect(await made.desk.take(bundle)).toMatchObject({ completed: [parcel.rootId] })
  expect(await made.desk.verify()).toEqual([])
})

test("the settings that promises rest on are in force", async () => {
  const made = await makeTestDesk()
  onTestFinished(() => made.dispose())
  const store = await openTestStore(made.folder)
  onTestFinished(() => store.close())
  const value = (name: string): unknown => Object.values(store.get<object>(`PRAGMA ${name}`) ?? {})[0]
  expect(value("journal_mode")).toBe("wal")
  // FULL, ON, MEMORY.
  expect([value("synchronous"), value("secure_delete"), value("temp_store")]).toEqual([2, 1, 2])
})
