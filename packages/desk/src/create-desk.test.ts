import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { DatabaseSync } from "node:sqlite"
import { dirname, join } from "node:path"
import { openCard } from "@govah/core/card"
import { nodePrimitives } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { createDesk, openDesk } from "./create-desk.ts"
import { makeTestDesk, PASSPHRASE, type TestDesk } from "./testing/folder.ts"
import { inviteUnit } from "./testing/unit.ts"

async function freshDesk(): Promise<TestDesk> {
  const made = await makeTestDesk()
  onTestFinished(() => made.dispose())
  return made
}

test("a new desk's card names its keys and four terms of 30 days", async () => {
  const { desk } = await freshDesk()
  const card = await openCard(await desk.card(), nodePrimitives)
  expect(card).toMatchObject({ name: "آزمون", key: desk.key, relays: [] })
  expect(card.successor).toMatch(/^[0-9a-f]{64}$/)
  expect(card.terms.map((term) => term.from)).toEqual([
    "2026-01-10",
    "2026-02-09",
    "2026-03-11",
    "2026-04-10",
  ])
  expect(new Set(card.terms.map((term) => term.recipient)).size).toBe(4)
})

test("terms roll over by date, and a sleep longer than all of them begins a new one today", async () => {
  const { desk, clock } = await freshDesk()
  const day = 86_400_000
  const terms = async (): Promise<string[]> =>
    (await openCard(await desk.card(), nodePrimitives)).terms.map((term) => term.from)
  clock.now += 31 * day
  expect(await terms()).toEqual(["2026-02-09", "2026-03-11", "2026-04-10", "2026-05-10"])
  clock.now += 365 * day
  const [first, ...ahead] = await terms()
  expect((first as string) <= new Date(clock.now).toISOString().slice(0, 10)).toBe(true)
  expect(ahead).toHaveLength(3)
})

test("the right passphrase opens it again; a wrong one does not, and neither does another desk's lock", async () => {
  const { desk, folder, deps } = await freshDesk()
  const { key } = desk
  const title = { fa: "الف", en: "a" }
  const place = { name: title, province: null, precision: "town" } as const
  const period = { from: "2021-02-22", to: null, about: false }
  await desk.act({ kind: "event-set", id: "E1", title, period, place, note: null })
  desk.close()
  await expect(openDesk(folder, "not the five plain words", deps)).rejects.toMatchObject({
    code: "wrong-passphrase",
  })
  const opened = await openDesk(folder, PASSPHRASE, deps)
  expect(opened.key).toBe(key)
  expect([...opened.state().eventsById.keys()]).toEqual(["E1"])
  opened.close()
  const other = await freshDesk()
  other.desk.close()
  await writeFile(join(folder, "desk.json"), await readFile(join(other.folder, "desk.json")))
  await expect(openDesk(folder, PASSPHRASE, deps)).rejects.toMatchObject({ code: "damaged" })
})

test("a closed desk does nothing more", async () => {
  const { desk } = await freshDesk()
  desk.close()
  desk.close()
  await expect(desk.card()).rejects.toMatchObject({ code: "closed" })
  await expect(desk.list()).rejects.toMatchObject({ code: "closed" })
})

test("a short passphrase, an empty name, a folder in use: refused, and nothing is written", async () => {
  const { folder, deps } = await freshDesk()
  const home = dirname(folder)
  const before = await readdir(home)
  const wish = { name: "x", passphrase: PASSPHRASE }
  const place = join(home, "new")
  await expect(createDesk(place, { ...wish, passphrase: "eleven char" }, deps)).rejects.toMatchObject({
    code: "weak-passphrase",
  })
  await expect(createDesk(place, { ...wish, name: "  " }, deps)).rejects.toMatchObject({ code: "bad-name" })
  await expect(createDesk(folder, wish, deps)).rejects.toMatchObject({ code: "desk-exists" })
  await expect(createDesk(home, wish, deps)).rejects.toMatchObject({ code: "not-empty" })
  await expect(openDesk(place, PASSPHRASE, deps)).rejects.toMatchObject({ code: "no-desk" })
  expect(await readdir(home)).toEqual(before)
})

test("what a killed creation left is no desk, and does not stop the next one", async () => {
  const { folder, deps } = await freshDesk()
  const place = join(dirname(folder), "second")
  await mkdir(join(dirname(folder), ".second.making"))
  await writeFile(join(dirname(folder), ".second.making", "desk.db"), "half")
  await expect(openDesk(place, PASSPHRASE, deps)).rejects.toMatchObject({ code: "no-desk" })
  const desk = await createDesk(place, { name: "x", passphrase: PASSPHRASE }, deps)
  desk.close()
  expect(await readdir(dirname(folder))).toEqual(["desk", "second"])
  // This one is as people get it, with the lock that they get, and opens.
  expect(JSON.parse(await readFile(join(place, "desk.json"), "utf8"))).toMatchObject({
    kdf: { name: "argon2id", memoryKib: 65_536, passes: 3 },
  })
  ;(await openDesk(place, PASSPHRASE, deps)).close()
})

test.each([
  "",
  "{}",
  '{"v":1}',
  '{"v":1,"kdf":{"name":"argon2id","memoryKib":999999999,"passes":3,"salt":"AA"},"wrapped":"AA"}',
])("desk.json that holds %j is damaged, and costs nothing to find so", async (text) => {
  const { desk, folder, deps } = await freshDesk()
  desk.close()
  await writeFile(join(folder, "desk.json"), text)
  await expect(openDesk(folder, PASSPHRASE, deps)).rejects.toMatchObject({ code: "damaged" })
})

test("a flipped byte in the store is damage, never other contents", async () => {
  const { desk, folder, deps } = await freshDesk()
  desk.close()
  const file = join(folder, "desk.db")
  const bytes = await readFile(file)
  bytes[5_000] = (bytes[5_000] as number) ^ 1
  await writeFile(file, bytes)
  await expect(openDesk(folder, PASSPHRASE, deps)).rejects.toMatchObject({ code: "damaged" })
})

const MARKERS = [
  "GOVAH-PLANT-TEXT",
  "GOVAH-PLANT-PLACE",
  "GOVAH-PLANT-FILE",
  "GOVAH-PLANT-LABEL",
  "GOVAH-PLANT-NOTE",
]

/** Which markers any file of a folder holds, as UTF-8, UTF-16, base64 or hex. */
async function markersIn(folder: string): Promise<string[]> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => await readFile(join(folder, name))),
  )
  return MARKERS.filter((marker) => {
    const spellings = [
      Buffer.from(marker),
      Buffer.from(marker, "utf16le"),
      // The middle of the base64 for each of the three ways that a word can lie on its grid.
      ...[0, 1, 2].map((lead) =>
        Buffer.from(
          Buffer.from(`${" ".repeat(lead)}${marker}`)
            .toString("base64")
            .slice(4, -4),
        ),
      ),
      Buffer.from(Buffer.from(marker).toString("hex")),
    ]
    return files.some((file) => spellings.some((spelling) => file.includes(spelling)))
  })
}

test("a locked desk holds no word of what it keeps (control: an open database holds all of them)", async () => {
  const { desk, folder, take, today } = await freshDesk()
  const unit = await inviteUnit(desk, today())
  await desk.invite("GOVAH-PLANT-LABEL")
  const place = { name: "GOVAH-PLANT-PLACE", province: null, precision: "town" as const }
  const file = { type: "text/plain", bytes: Buffer.from("GOVAH-PLANT-FILE ".repeat(3_000)) }
  const parcel = await unit.seal({ text: "GOVAH-PLANT-TEXT", place }, [file])
  await take(parcel.cells)
  await desk.act({ kind: "noted", root: parcel.rootId, words: "GOVAH-PLANT-NOTE" })
  expect((await desk.show(parcel.rootId)).report?.text).toBe("GOVAH-PLANT-TEXT")

  expect(await readdir(folder)).toContain("desk.db-wal")
  expect(await markersIn(folder)).toEqual([])
  desk.close()
  expect(await markersIn(folder)).toEqual([])

  const open = await mkdir(join(dirname(folder), "control"), { recursive: true })
  const control = new DatabaseSync(join(open as string, "desk.db"))
  control.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (words TEXT)")
  for (const marker of MARKERS) control.prepare("INSERT INTO t VALUES (?)").run(marker)
  expect(await markersIn(open as string)).toEqual(MARKERS)
  control.close()
  expect(await markersIn(open as string)).toEqual(MARKERS)
})
