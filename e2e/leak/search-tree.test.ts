import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { compress } from "snappyjs"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "../field-support.ts"
import { makeMarks } from "./marks.ts"
import { makeTreeSearch } from "./search-tree.ts"

test("a tree that is looked at again is seen as it is now, also where size and time of a file are what they were", async () => {
  const folder = await freshFolder()
  const file = join(folder, "file")
  const marks = makeMarks()
  const word = marks.latin("word")
  writeFileSync(file, "x".repeat(word.length))
  const { atime, mtime } = statSync(file)
  const search = makeTreeSearch(folder, marks.needles())
  expect([...search.look().keys()]).toEqual([])
  writeFileSync(file, word)
  utimesSync(file, atime, mtime)
  expect([...search.look().keys()]).toEqual(["word"])
  writeFileSync(file, "x".repeat(word.length))
  expect([...search.look().keys()]).toEqual([])
})

test("what a database has so far beside itself alone is seen, packed as it is", async () => {
  const folder = await freshFolder()
  const marks = makeMarks()
  const word = marks.latin("packed")
  const search = makeTreeSearch(folder, marks.needles())
  const file = join(folder, "values.sqlite")
  const database = new DatabaseSync(file)
  onTestFinished(() => database.close())
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE value (value BLOB); PRAGMA wal_checkpoint(TRUNCATE)")
  expect([...search.look().keys()]).toEqual([])
  const before = readFileSync(file)
  // Cut by what was said before, so that no plain search finds it.
  const text = Buffer.from(`${word.slice(0, 11)} ${word.slice(5)} ${word}`)
  const packed = compress(text)
  expect(packed.includes(word)).toBe(false)
  database.prepare("INSERT INTO value VALUES (?)").run(packed)
  expect(readFileSync(file).equals(before)).toBe(true)
  expect([...search.look().keys()]).toEqual(["packed"])
})
