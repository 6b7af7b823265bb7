import { createHash } from "node:crypto"
import { CELL_BYTES, commitTo } from "@govah/core/cell"
import { expect, test } from "vitest"
import { admit } from "../admission/admission.ts"
import type { NamedCell, RelayDeps, RelayStore } from "../store/port.ts"
import {
  type Beneath,
  freshStore,
  putAll,
  realDeps,
  seededBytes,
  someDeskKey,
  startRelay,
  storedIds,
} from "../testing/test-relay.ts"
import { answerSync } from "./answer-sync.ts"
import { httpPeer } from "./http-peer.ts"
import { type SyncPeer, type SyncProgress, syncWith } from "./sync-with.ts"
import { formatSyncRequest, parseSyncRequest, type SyncRequest } from "./sync-wire.ts"

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 1, 1)
const today = START / DAY_MS

/** A clock that a test sets forward. */
function clock(): RelayDeps & { days: number } {
  const deps = { ...realDeps, days: 0, now: () => new Date(START + deps.days * DAY_MS) }
  return deps
}

const tokenOf = (seed: string): Uint8Array => seededBytes(`token ${seed}`, 32)

/** A cell that can be forgotten with `tokenOf(seed)`. */
function cellOf(seed: string, day?: number): NamedCell {
  const body = seededBytes(seed, CELL_BYTES)
  body.set(commitTo(tokenOf(seed)), CELL_BYTES - 32)
  const id = new Uint8Array(createHash("sha256").update(body).digest())
  return { id, body, ...(day === undefined ? {} : { day }) }
}
const cellsOf = (label: string, count: number): NamedCell[] =>
  Array.from({ length: count }, (_, i) => cellOf(`${label} ${i}`))
const hexOf = (cells: readonly NamedCell[]): string[] =>
  cells.map(({ id }) => Buffer.from(id).toString("hex")).sort()

/** The other relay without a network between. */
function peerOf(store: RelayStore, retentionDays = 60): SyncPeer & { asked: SyncRequest[] } {
  const asked: SyncRequest[] = []
  return {
    asked,
    async ask(request) {
      const parsed = parseSyncRequest(request)
      if (parsed === null) throw new TypeError("no request")
      asked.push(parsed)
      return await answerSync(store, retentionDays, parsed)
    },
  }
}

const sync = async (here: RelayStore, there: RelayStore): Promise<SyncProgress> =>
  await syncWith(here, peerOf(there), { retentionDays: 60 })

test("two relays come to hold the same, over HTTP, and again it costs next to nothing", async () => {
  const relay = await startRelay()
  const store = freshStore()
  const [both, mine, theirs] = [cellsOf("both", 40), cellsOf("mine", 70), cellsOf("theirs", 70)]
  await putAll(store, [...both, ...mine])
  await putAll(relay.store, [...both, ...theirs])
  const capability = await admit(relay.store, { deskKey: "north", kind: "mirror" })
  const peer = httpPeer({ url: relay.url, capability, socks: null })
  const seen: SyncProgress[] = []
  const moved = await syncWith(store, peer, { retentionDays: 60, onProgress: (step) => seen.push(step) })
  expect(moved).toEqual({ cellsTaken: 70, cellsGiven: 70, tombstonesTaken: 0, tombstonesGiven: 0 })
  expect(seen.at(-1)).toEqual(moved)
  expect(await storedIds(store)).toEqual(await storedIds(relay.store))
  expect(await storedIds(store)).toHaveLength(180)
  expect((await store.fsck()).damaged).toEqual([])
  expect(await syncWith(store, peer, { retentionDays: 60 })).toMatchObject({ cellsTaken: 0, cellsGiven: 0 })
})

test("without a relay's capability there is no such address, byte for byte", async () => {
  const relay = await startRelay()
  const desk = await admit(relay.store, { deskKey: someDeskKey() })
  const body = Buffer.from(formatSyncRequest({ op: "hello" }))
  const asked = async (path: string, headers: Record<string, string>): Promise<string> => {
    const answer = await fetch(`${relay.url}${path}`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/octet-stream", ...headers },
    })
    const shown = [...answer.headers].filter(([name]) => name !== "date")
    return JSON.stringify([answer.status, shown, await answer.text()])
  }
  const absent = await asked("/nothing", {})
  expect(await asked("/sync", {})).toBe(absent)
  expect(await asked("/sync", { Authorization: "Bearer nonsense" })).toBe(absent)
  expect(await asked("/sync", { Authorization: `Bearer ${desk}` })).toBe(absent)
  // Control: with one, there is.
  const mirror = await admit(relay.store, { deskKey: "north", kind: "mirror" })
  expect(await asked("/sync", { Authorization: `Bearer ${mirror}` })).not.toBe(absent)
})

/** Two relays with the same cell; it is forgotten at one of them. */
async function halfForgotten(): Promise<{
  here: RelayStore & Beneath
  there: RelayStore & Beneath
  cell: NamedCell
}> {
  const [here, there] = [freshStore(), freshStore()]
  const cell = cellOf("forgotten")
  await putAll(here, [cell])
  await putAll(there, [cell])
  await there.forget([tokenOf("forgotten")])
  return { here, there, cell }
}

test("a tombstone travels both ways and wins; a forgotten cell never comes back", async () => {
  for (const asking of ["here", "there"] as const) {
    const { here, there, cell } = await halfForgotten()
    if (asking === "here") await sync(here, there)
    else await sync(there, here)
    expect(await storedIds(here)).toEqual([])
    expect(await storedIds(there)).toEqual([])
    // A third relay, that never heard of it, gives it to neither.
    const third = freshStore()
    await putAll(third, [cell])
    await sync(here, third)
    expect(await storedIds(here)).toEqual([])
    expect(await storedIds(third)).toEqual([])
  }
})

test("control: where tombstones are not kept, the same sync brings the cell back", async () => {
  const { here, there, cell } = await halfForgotten()
  there.sql("DELETE FROM tombstone")
  await sync(here, there)
  expect(await storedIds(there)).toEqual(hexOf([cell]))
})

/** A cell that was forgotten at a relay so long ago that it is not compared, and that another got from a carrier today. */
async function longForgotten(): Promise<{
  old: RelayStore & Beneath
  late: RelayStore & Beneath
  cell: NamedCell
}> {
  const deps = clock()
  const [old, late] = [freshStore(deps), freshStore(deps)]
  const cell = cellOf("long forgotten")
  await putAll(old, [cell])
  await old.forget([tokenOf("long forgotten")])
  deps.days = 5 * 365
  for (const store of [old, late]) await store.expire()
  await putAll(late, [cell])
  await putAll(late, cellsOf("young", 3))
  return { old, late, cell }
}

test("what a relay forgot years ago comes back to it by no sync, and is forgotten where a carrier brought it", async () => {
  for (const asking of ["old", "late"] as const) {
    const { old, late, cell } = await longForgotten()
    const moved = asking === "old" ? await sync(old, late) : await sync(late, old)
    expect(moved).toMatchObject(asking === "old" ? { tombstonesGiven: 1 } : { tombstonesTaken: 1 })
    for (const store of [old, late]) {
      expect(await storedIds(store)).toEqual(hexOf(cellsOf("young", 3)))
      expect(await putAll(store, [cell])).toEqual({ stored: 0, known: 1 })
    }
    // It is as of today that the other one knows it, and in no sync after does it move again.
    expect((await late.tombstones([cell.id]))[0]?.day).toBe(late.today())
    expect(await sync(old, late)).toEqual({
      cellsTaken: 0,
      cellsGiven: 0,
      tombstonesTaken: 0,
      tombstonesGiven: 0,
    })
  }
})

test("control: where tombstones end after twice the retention, the same sync brings it back", async () => {
  const { old, late, cell } = await longForgotten()
  old.sql("DELETE FROM tombstone WHERE day < ?", old.today() - 2 * 60)
  await sync(old, late)
  expect(await storedIds(old)).toEqual(hexOf([cell, ...cellsOf("young", 3)]))
})

test("an old tombstone with another token falls when its cell comes, and takes it from nobody", async () => {
  const deps = clock()
  const [deceived, honest] = [freshStore(deps), freshStore(deps)]
  const cell = cellOf("wanted late")
  const lie = [{ id: cell.id, token: seededBytes("lie", 32), day: today }]
  await answerSync(deceived, 60, { op: "put-tombstones", tombstones: lie })
  deps.days = 400
  await deceived.expire()
  await putAll(honest, [cell])
  await sync(deceived, honest)
  for (const store of [deceived, honest]) expect(await storedIds(store)).toEqual(hexOf([cell]))
  // The same where the honest one asks.
  await answerSync(deceived, 60, {
    op: "put-tombstones",
    tombstones: [{ ...lie[0], id: cellOf("late 2").id, day: deceived.today() }] as never,
  })
  deps.days = 800
  for (const store of [deceived, honest]) await store.expire()
  await putAll(honest, [cellOf("late 2")])
  await sync(honest, deceived)
  for (const store of [deceived, honest]) expect(await storedIds(store)).toEqual(hexOf([cellOf("late 2")]))
})

test("a tombstone with another token deletes nothing, neither now nor when the cell comes later", async () => {
  const [victim, honest] = [freshStore(), freshStore()]
  const cell = cellOf("wanted")
  const lie = [{ id: cell.id, token: seededBytes("lie", 32), day: victim.today() }]
  // Before the cell is known there.
  await answerSync(victim, 60, { op: "put-tombstones", tombstones: lie })
  await putAll(honest, [cell])
  await sync(victim, honest)
  expect(await storedIds(victim)).toEqual(hexOf([cell]))
  expect(await storedIds(honest)).toEqual(hexOf([cell]))
  // And after.
  await answerSync(victim, 60, { op: "put-tombstones", tombstones: lie })
  expect(await storedIds(victim)).toEqual(hexOf([cell]))
  // Control: the true token does.
  const truth = [{ id: cell.id, token: tokenOf("wanted"), day: victim.today() }]
  await answerSync(victim, 60, { op: "put-tombstones", tombstones: truth })
  expect(await storedIds(victim)).toEqual([])
})

test("a true tombstone that came before its cell keeps it out", async () => {
  const [here, there] = [freshStore(), freshStore()]
  const cell = cellOf("late")
  await answerSync(here, 60, {
    op: "put-tombstones",
    tombstones: [{ id: cell.id, token: tokenOf("late"), day: here.today() }],
  })
  await putAll(there, [cell])
  await sync(here, there)
  expect(await storedIds(here)).toEqual([])
  expect(await storedIds(there)).toEqual([])
})

test("a day travels and never grows, however often a cell goes round; what is past the retention is not taken", async () => {
  const deps = clock()
  const [a, b] = [freshStore(deps), freshStore(deps)]
  const cell = cellOf("old")
  await putAll(a, [cell])
  deps.days = 50
  await sync(b, a)
  expect((await b.read([cell.id]))[0]?.day).toBe(today)
  // A relay that says a later day, or one from tomorrow, is believed no further than today.
  await answerSync(b, 60, { op: "put-cells", cells: [{ ...cellOf("future"), day: today + 5_000 }] })
  expect((await b.read([cellOf("future").id]))[0]?.day).toBe(today + 50)
  deps.days = 61
  await a.expire()
  await b.expire()
  expect(await storedIds(a)).toEqual([])
  // A relay that keeps longer still has it, and offers it in vain.
  const keeper = freshStore(deps, { retentionDays: 365 })
  await putAll(keeper, [cellOf("old", today)])
  await syncWith(a, peerOf(keeper, 365), { retentionDays: 60 })
  expect(await storedIds(a)).toEqual([])
  await answerSync(a, 60, { op: "put-cells", cells: [cellOf("old", today) as NamedCell & { day: number }] })
  expect(await storedIds(a)).toEqual([])
})

test("a cell that is not what its name says is not taken, nor is anything else in that answer", async () => {
  const [here, there] = [freshStore(), freshStore()]
  await putAll(there, cellsOf("true", 3))
  const honest = peerOf(there)
  const lying: SyncPeer = {
    async ask(request) {
      const answer = await honest.ask(request)
      if (request[0] === 3) answer[answer.length - 100] = (answer[answer.length - 100] as number) ^ 1
      return answer
    },
  }
  await expect(syncWith(here, lying, { retentionDays: 60 })).rejects.toMatchObject({ code: "bad-answer" })
  expect(await storedIds(here)).toEqual([])
})

test("stopped in the middle, it keeps what it moved, and goes on from there", async () => {
  const [here, there] = [freshStore(), freshStore()]
  await putAll(there, cellsOf("many", 200))
  const stop = new AbortController()
  const first = syncWith(here, peerOf(there), {
    retentionDays: 60,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  })
  await expect(first).rejects.toThrow("enough")
  const kept = (await storedIds(here)).length
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(200)
  const peer = peerOf(there)
  expect(await syncWith(here, peer, { retentionDays: 60 })).toMatchObject({ cellsTaken: 200 - kept })
  const read = peer.asked.flatMap((request) => (request.op === "read-cells" ? request.ids : []))
  expect(read).toHaveLength(200 - kept)
})

test("anything that is no request is refused as such, and a relay that is full says so", async () => {
  const relay = await startRelay({ maxBytes: 1_000_000 })
  const capability = await admit(relay.store, { deskKey: "north", kind: "mirror" })
  const ask = async (body: Uint8Array): Promise<string> => {
    const answer = await fetch(`${relay.url}/sync`, {
      method: "POST",
      body: new Uint8Array(body),
      headers: { Authorization: `Bearer ${capability}`, "Content-Type": "application/octet-stream" },
    })
    return answer.ok ? "ok" : ((await answer.json()) as { error: string }).error
  }
  const ids = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => seededBytes(i, 32))
  for (const body of [
    new Uint8Array(0),
    Uint8Array.of(0),
    Uint8Array.of(1, 0),
    Uint8Array.of(7),
    Uint8Array.of(2, 3, 0, 0, 0, 0),
    Uint8Array.of(3),
    formatSyncRequest({ op: "read-cells", ids: ids(65) }),
    formatSyncRequest({ op: "read-tombstones", ids: ids(513) }),
    formatSyncRequest({ op: "read-cells", ids: ids(2) }).subarray(0, 40),
    formatSyncRequest({ op: "compare", kind: "cells", since: 0, message: Uint8Array.of(1, 2, 3) }),
  ]) {
    expect(await ask(body)).toBe("malformed")
  }
  const newer = formatSyncRequest({
    op: "compare",
    kind: "cells",
    since: 0,
    message: new Uint8Array(30).fill(2),
  })
  expect(await ask(newer)).toBe("unknown-version")
  expect(await ask(new Uint8Array(3_000_000))).toBe("too-long")
  const day = relay.store.today()
  const full = cellsOf("full", 64).map((cell) => ({ ...cell, day }))
  expect(await ask(formatSyncRequest({ op: "put-cells", cells: full }))).toBe("full")
  expect(await storedIds(relay.store)).toEqual([])
})
