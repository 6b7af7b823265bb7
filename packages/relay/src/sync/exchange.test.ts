import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CELL_BYTES, commitTo } from "@govah/core/cell"
import { expect, test } from "vitest"
import type { NamedCell, RelayDeps, RelayStore } from "../store/port.ts"
import { freshFolder, freshStore, putAll, realDeps, seededBytes, storedIds } from "../testing/test-relay.ts"
import { exchangeByFile, exchangeByFolder } from "./exchange.ts"

const options = { retentionDays: 60 }
const tokenOf = (seed: string): Uint8Array => seededBytes(`token ${seed}`, 32)

function cellOf(seed: string): NamedCell {
  const body = seededBytes(seed, CELL_BYTES)
  body.set(commitTo(tokenOf(seed)), CELL_BYTES - 32)
  return { id: new Uint8Array(createHash("sha256").update(body).digest()), body }
}
const cellsOf = (label: string, count: number): NamedCell[] =>
  Array.from({ length: count }, (_, i) => cellOf(`${label} ${i}`))

async function twoRelays(): Promise<{ a: RelayStore; b: RelayStore }> {
  const [a, b] = [freshStore(), freshStore()]
  const both = cellsOf("both", 20)
  await putAll(a, [...both, ...cellsOf("of a", 30), cellOf("forgotten at b")])
  await putAll(b, [...both, ...cellsOf("of b", 30), cellOf("forgotten at b")])
  await b.forget([tokenOf("forgotten at b")])
  return { a, b }
}

async function mustBeAlike(a: RelayStore, b: RelayStore, cells: number): Promise<void> {
  expect(await storedIds(a)).toEqual(await storedIds(b))
  expect(await storedIds(a)).toHaveLength(cells)
}

test("a stick that goes to and fro makes two relays hold the same; again is harmless, and stray files are left", async () => {
  const { a, b } = await twoRelays()
  const stick = freshFolder()
  writeFileSync(join(stick, "music.mp3"), seededBytes("music", 50_000))
  expect(await exchangeByFolder(a, stick, options)).toMatchObject({ met: false, cellsGiven: 0 })
  expect(await exchangeByFolder(b, stick, options)).toMatchObject({
    met: true,
    cellsGiven: 30,
    cellsTaken: 0,
  })
  expect(await exchangeByFolder(a, stick, options)).toMatchObject({
    cellsGiven: 30,
    cellsTaken: 30,
    tombstonesTaken: 1,
  })
  // The carrier does not know whether it was done, and does it twice.
  expect(await exchangeByFolder(a, stick, options)).toMatchObject({ cellsGiven: 30, cellsTaken: 0 })
  expect(await exchangeByFolder(b, stick, options)).toMatchObject({ cellsGiven: 0, cellsTaken: 30 })
  await mustBeAlike(a, b, 80)
  await exchangeByFolder(a, stick, options)
  // What was given is cleared away once it is not needed any more: names alone stay.
  const files = readdirSync(stick).filter((name) => name !== "music.mp3")
  expect(files).toHaveLength(2)
  for (const name of files) {
    expect(name).toMatch(/^[2-9b-z]{8}\.bin$/)
    expect(statSync(join(stick, name)).size % 16_480).toBe(0)
  }
  expect(readFileSync(join(stick, "music.mp3"))).toHaveLength(50_000)
})

test("one file that is passed to and fro does the same; one's own waits, and a stranger's is never written over", async () => {
  const { a, b } = await twoRelays()
  const file = join(freshFolder(), "relay.bin")
  expect(await exchangeByFile(a, file, options)).toMatchObject({ met: false })
  const before = readFileSync(file)
  expect(await exchangeByFile(a, file, options)).toBeNull()
  expect(readFileSync(file).equals(before)).toBe(true)
  for (const store of [b, a, b]) await exchangeByFile(store, file, options)
  await mustBeAlike(a, b, 80)
  const stranger = join(freshFolder(), "photo.jpg")
  writeFileSync(stranger, seededBytes("photo", 100_000))
  await expect(exchangeByFile(a, stranger, options)).rejects.toMatchObject({ code: "not-an-exchange" })
  expect(readFileSync(stranger)).toHaveLength(100_000)
})

test("a stick looks like nothing: no name, no id and no beginning of a known file is on it", async () => {
  const { a } = await twoRelays()
  const stick = freshFolder()
  await exchangeByFolder(a, stick, options)
  const bytes = Buffer.concat(readdirSync(stick).map((name) => readFileSync(join(stick, name))))
  const ids = await storedIds(a)
  expect(ids.filter((id) => bytes.includes(Buffer.from(id, "hex")))).toEqual([])
  // Control: they are there, under the veil.
  const b = freshStore()
  expect(await exchangeByFolder(b, stick, options)).toMatchObject({ met: true })
})

test("a damaged and cut stick costs what was damaged, and another turn heals it", async () => {
  const { a, b } = await twoRelays()
  const stick = freshFolder()
  await exchangeByFolder(a, stick, options)
  await exchangeByFolder(b, stick, options)
  const largest = readdirSync(stick)
    .map((name) => join(stick, name))
    .sort((x, y) => statSync(y).size - statSync(x).size)[0] as string
  const bytes = readFileSync(largest)
  bytes[5 * 16_480 + 9_000] = (bytes[5 * 16_480 + 9_000] as number) ^ 1
  writeFileSync(largest, bytes)
  truncateSync(largest, bytes.length - 20_000)
  const taken = await exchangeByFolder(a, stick, options)
  expect(taken.damaged).toBe(1)
  expect(taken.cellsTaken).toBe(27)
  expect((await a.fsck()).damaged).toEqual([])
  for (const store of [b, a]) await exchangeByFolder(store, stick, options)
  await mustBeAlike(a, b, 80)
})

test("a day travels on a stick as well, so that a cell does not grow younger by going round", async () => {
  const deps: RelayDeps & { days: number } = {
    ...realDeps,
    days: 0,
    now: () => new Date(Date.UTC(2026, 1, 1) + deps.days * 86_400_000),
  }
  const [a, b] = [freshStore(deps), freshStore(deps)]
  await putAll(a, [cellOf("old")])
  const stick = freshFolder()
  deps.days = 50
  for (const store of [b, a, b]) await exchangeByFolder(store, stick, options)
  expect(await storedIds(b)).toHaveLength(1)
  deps.days = 61
  for (const store of [a, b]) await store.expire()
  for (const store of [a, b, a, b]) await exchangeByFolder(store, stick, options)
  await mustBeAlike(a, b, 0)
})

test("what a relay forgot years ago is told by a stick to one that a carrier has brought it to", async () => {
  const deps = { ...realDeps, days: 0, now: () => new Date(Date.UTC(2026, 1, 1) + deps.days * 86_400_000) }
  const [old, late] = [freshStore(deps), freshStore(deps)]
  const [cell, never] = [cellOf("long forgotten"), cellOf("forgotten, and brought by nobody")]
  await putAll(old, [cell, never])
  await old.forget([tokenOf("long forgotten"), tokenOf("forgotten, and brought by nobody")])
  deps.days = 5 * 365
  await old.expire()
  await putAll(late, [cell, cellOf("young")])
  const stick = freshFolder()
  for (const store of [old, late, old, late]) await exchangeByFolder(store, stick, options)
  await mustBeAlike(old, late, 1)
  // Of what nobody brings back, nobody is told.
  const told = await late.tombstones([cell.id, never.id])
  expect(told.map((one) => one?.day)).toEqual([late.today(), undefined])
})
