import { closeSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, onTestFinished, test } from "vitest"
import { nameCells } from "../../ingest/name-cells.ts"
import {
  freshFolder,
  freshStore,
  hashOf,
  putAll,
  realDeps,
  seededCells,
  storedIds,
} from "../../testing/test-relay.ts"
import type { NamedCell } from "../port.ts"
import { type OpenBodies, openBodies, orZeros } from "./bodies.ts"
import { openFile } from "./sqlite-file.ts"
import { openStore } from "./sqlite-store.ts"

test("A store is its owner's alone, and opens again with what it held", async () => {
  const file = join(freshFolder(), "relay.db")
  const first = openStore(file, realDeps)
  await putAll(first, await nameCells(seededCells("reopen", 3), realDeps.primitives))
  for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}-cells`])
    expect(statSync(name).mode & 0o777, name).toBe(0o600)
  await first.close()
  const again = openStore(file, realDeps)
  expect((await again.fsck()).checked).toBe(3)
  await again.close()
})

test("The settings that promises rest on are in force", () => {
  const file = openFile(join(freshFolder(), "relay.db"), realDeps, {})
  onTestFinished(() => file.close())
  const { db } = file
  const value = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect(value("journal_mode")).toBe("wal")
  expect(value("synchronous")).toBe(2)
  expect(value("secure_delete")).toBe(1)
  expect(value("temp_store")).toBe(2)
})

test("Files that are not a relay's, or newer than this program, are refused and left alone", async () => {
  const folder = freshFolder()
  const text = join(folder, "letter.txt")
  writeFileSync(text, "dear friend, ".repeat(100))
  expect(() => openStore(text, realDeps)).toThrow(expect.objectContaining({ code: "not-a-relay" }))
  expect(statSync(text).size).toBe(1300)

  const other = join(folder, "other.db")
  const database = new DatabaseSync(other)
  database.exec("CREATE TABLE mine (x)")
  database.close()
  expect(() => openStore(other, realDeps)).toThrow(expect.objectContaining({ code: "not-a-relay" }))

  const newer = join(folder, "newer.db")
  const store = Object.assign(openStore(newer, realDeps), {
    sql: (text: string) => new DatabaseSync(newer).exec(text),
  })
  store.sql("PRAGMA user_version = 99")
  await store.close()
  expect(() => openStore(newer, realDeps)).toThrow(expect.objectContaining({ code: "newer-store" }))
  expect(() => openStore(join(folder, "no", "relay.db"), realDeps)).toThrow(
    expect.objectContaining({ code: "ENOENT" }),
  )
})

test("A transaction that fails leaves nothing behind", async () => {
  const file = openFile(join(freshFolder(), "relay.db"), realDeps, {})
  onTestFinished(() => file.close())
  const work = (): void => {
    file.db.exec("INSERT INTO setting VALUES ('half', x'00')")
    throw new Error("the world failed")
  }
  await expect(file.transact(work)).rejects.toThrow("the world failed")
  expect(file.db.isTransaction).toBe(false)
  expect(file.db.prepare("SELECT count(*) AS count FROM setting").get()).toEqual({ count: 0 })
})

test("A cell is kept for the retention and deleted the day after, its bytes too", async () => {
  let now = new Date("2021-02-22T23:59:59Z")
  const store = freshStore({ ...realDeps, now: () => now }, { retentionDays: 10 })
  const cells = await nameCells(seededCells("old", 300), realDeps.primitives)
  await putAll(store, cells)
  now = new Date("2021-03-04T00:00:00Z")
  const [young] = await nameCells(seededCells("young", 1), realDeps.primitives)
  await putAll(store, young === undefined ? [] : [young])
  expect(await store.expire()).toBe(0)
  now = new Date("2021-03-05T00:00:00Z")
  expect(await store.expire()).toBe(300)
  expect(await storedIds(store)).toEqual([hashOf(young?.body ?? new Uint8Array(0))])

  const { readFileSync } = await import("node:fs")
  const { file } = store
  const disk = Buffer.concat(["", "-wal", "-cells"].map((end) => readFileSync(`${file}${end}`)))
  // Sixteen bytes from its middle: the young cell is there, of the old ones nothing.
  expect(disk.includes((young?.body ?? disk).subarray(5000, 5016))).toBe(true)
  for (const { body } of cells) expect(disk.includes(body.subarray(5000, 5016))).toBe(false)
})

test("A check of the store names the cells whose bytes have changed", async () => {
  const store = freshStore()
  const cells = await nameCells(seededCells("fsck", 130), realDeps.primitives)
  await putAll(store, cells)
  const victims = cells.slice(10, 12)
  for (const { id, body } of victims) {
    const changed = body.slice()
    changed[0] = (changed[0] as number) ^ 1
    const [row] = store.sql("SELECT place FROM slot WHERE substr(head, 1, 32) = ?", id)
    overwrite(`${store.file}-cells`, ((row?.["place"] as number) - 1) * changed.length, changed)
  }
  const ids = victims.map(({ id }) => Buffer.from(id).toString("hex")).sort()
  expect(await store.fsck()).toEqual({ checked: 130, damaged: ids, structure: [] })
  // Whoever sends them again heals them.
  await putAll(store, cells)
  expect(await store.fsck()).toEqual({ checked: 130, damaged: [], structure: [] })
})

test("A store whose cells are gone is not opened, and one whose cells were cut says which", async () => {
  const file = join(freshFolder(), "relay.db")
  const store = openStore(file, realDeps)
  const cells = await nameCells(seededCells("cut", 20), realDeps.primitives)
  await putAll(store, cells)
  await store.close()
  truncateSync(`${file}-cells`, 0)
  const cut = openStore(file, realDeps)
  const report = await cut.fsck()
  expect(report.damaged).toHaveLength(20)
  expect(report.structure).toEqual([expect.stringContaining("the file of cells was cut")])
  await cut.close()
  rmSync(`${file}-cells`)
  expect(() => openStore(file, realDeps)).toThrow(expect.objectContaining({ code: "no-bodies" }))
  // Nothing was made in its place.
  expect(() => statSync(`${file}-cells`)).toThrow("ENOENT")
})

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const descriptor = openSync(path, "r+")
  writeSync(descriptor, bytes, 0, bytes.length, at)
  closeSync(descriptor)
}

test("One place that the disk cannot read costs its cell alone, and a resend heals it", async () => {
  const file = join(freshFolder(), "relay.db")
  let bad = 0
  // As a failing disk does: what is written to such a place is put elsewhere by the disk, and can be read again.
  const openBad: OpenBodies = (path, bytes) => {
    const bodies = openBodies(path, bytes)
    const readToMove = (place: number): Uint8Array => {
      if (place === bad) throw Object.assign(new Error("input/output error"), { code: "EIO" })
      return bodies.readToMove(place)
    }
    return {
      ...bodies,
      read: (place) => orZeros(() => readToMove(place), bytes),
      readToMove,
      write(place, some) {
        if (place === bad) bad = 0
        bodies.write(place, some)
      },
    }
  }
  const store = openStore(file, realDeps, { openBodies: openBad })
  onTestFinished(() => store.close())
  const cells = await nameCells(seededCells("sector", 40), realDeps.primitives)
  await putAll(store, cells)
  const victim = cells[7] as NamedCell
  const db = new DatabaseSync(file)
  bad = db.prepare("SELECT place FROM slot WHERE substr(head, 1, 32) = ?").get(victim.id)?.["place"] as number
  db.close()
  const page = await store.page(null, 256)
  expect(page?.cells).toHaveLength(40)
  expect((await store.fsck()).damaged).toEqual([Buffer.from(victim.id).toString("hex")])
  await putAll(store, [victim])
  expect(await store.fsck()).toEqual({ checked: 40, damaged: [], structure: [] })
})
