import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import {
  freshFolder,
  freshStore,
  putAll,
  realDeps,
  SHORT_BYTES,
  shortRows,
} from "../../testing/test-relay.ts"

// The index of the log says page after page what was written, in the order of commits: 4,062 numbers of 4 bytes.
const FIRST_PAGE_AT = 136
const NUMBERS = 4_062

function pagesInOrder(file: string): number[] {
  const index = readFileSync(`${file}-shm`)
  const numbers = Array.from({ length: NUMBERS }, (_, i) => index.readUInt32LE(FIRST_PAGE_AT + 4 * i))
  return numbers.filter((page) => page !== 0)
}

test("Neither the log nor its index remembers the order of commits once it was emptied", async () => {
  const store = freshStore(realDeps, { cellBytes: SHORT_BYTES })
  for (let i = 0; i < 12; i++) await putAll(store, shortRows(i, 4))
  expect(pagesInOrder(store.file).length).toBeGreaterThan(12)
  await store.tidy()
  expect(statSync(`${store.file}-wal`).size).toBe(0)
  // One page, the same each time: what begins the log anew.
  expect(pagesInOrder(store.file)).toHaveLength(1)
})

test("In a database that is emptied once, the same look finds the pages of every commit", () => {
  const file = join(freshFolder(), "careless.db")
  const db = new DatabaseSync(file)
  db.exec("PRAGMA journal_mode = WAL; CREATE TABLE row (x BLOB)")
  for (let i = 0; i < 12; i++) db.exec("INSERT INTO row VALUES (zeroblob(1000))")
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)")
  expect(statSync(`${file}-wal`).size).toBe(0)
  expect(pagesInOrder(file).length).toBeGreaterThan(12)
  db.close()
})
