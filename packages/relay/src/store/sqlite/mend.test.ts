import { cpSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import {
  freshFolder,
  freshStore,
  putAll,
  realDeps,
  SHORT_BYTES,
  shortRows,
  shortToken,
} from "../../testing/test-relay.ts"
import type { RelayStore } from "../port.ts"
import { type OpenBodies, openBodies } from "./bodies.ts"
import { openStore } from "./sqlite-store.ts"

const CELLS = shortRows("cut", 20)
const TOKENS = CELLS.map((_, i) => shortToken("cut", i))

function countOnDisk(file: string): number {
  const disk = readFileSync(`${file}-cells`)
  return CELLS.filter(({ body }) => disk.includes(body)).length
}

// The sender heard no answer and sends again; then the desk forgets.
async function sendAgainAndForget(store: RelayStore): Promise<void> {
  expect(await putAll(store, CELLS)).toEqual({ stored: CELLS.length, known: 0 })
  await store.forget(TOKENS)
  expect(await store.count()).toBe(10)
}

test("What a failed commit has written is overwritten, so that cells that came again are forgotten wholly", async () => {
  let isBroken = false
  const open: OpenBodies = (path, bytes) => {
    const whole = openBodies(path, bytes)
    const flush = async (): Promise<void> => {
      if (isBroken) throw Object.assign(new Error("i/o error"), { code: "EIO" })
      await whole.flush()
    }
    return { ...whole, flush }
  }
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES, openBodies: open })
  await putAll(store, shortRows("first", 10))
  isBroken = true
  await expect(putAll(store, CELLS)).rejects.toMatchObject({ code: "EIO" })
  isBroken = false
  expect(countOnDisk(store.file)).toBe(CELLS.length)
  await sendAgainAndForget(store)
  expect(countOnDisk(store.file)).toBe(0)
})

// A copy of the files at the instant in which all bodies of a post are written and no row names them.
async function crash(): Promise<string> {
  let cut: ((to: string) => void) | null = null
  const copy = join(freshFolder(), "cut")
  const open: OpenBodies = (path, bytes) => {
    const whole = openBodies(path, bytes)
    const flush = async (): Promise<void> => {
      await whole.flush()
      cut?.(dirname(path))
      cut = null
    }
    return { ...whole, flush }
  }
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES, openBodies: open })
  await putAll(store, shortRows("first", 10))
  cut = (folder) => cpSync(folder, copy, { recursive: true })
  await putAll(store, CELLS)
  return join(copy, "relay.db")
}

function open(file: string): RelayStore {
  const store = openStore(file, realDeps, { cellBytes: SHORT_BYTES })
  onTestFinished(() => store.close())
  return store
}

test("What a crash has left is overwritten by the next start, also where an operator's command came between", async () => {
  const file = await crash()
  expect(countOnDisk(file)).toBe(CELLS.length)
  await open(file).close()
  const store = open(file)
  await sendAgainAndForget(store)
  // Nobody knows where it lies: the forgetting alone has not found it.
  await store.tidy()
  expect(countOnDisk(file)).toBe(0)
  expect(await store.fsck()).toMatchObject({ checked: 10, damaged: [], structure: [] })
})

test("A store that is in use was not left by anybody", async () => {
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  await putAll(store, CELLS)
  const second = open(store.file)
  expect(store.sql("SELECT torn FROM listing")).toEqual([{ torn: 0 }])
  await second.close()
  expect(await store.count()).toBe(CELLS.length)
})
