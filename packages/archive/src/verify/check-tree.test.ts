import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { makeEntry } from "@govah/core/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type LoggedEntry, tileFiles, treeOf } from "../log/archive-log.ts"
import { checkTree } from "./check-tree.ts"
import { openFolder } from "./folder.ts"

// More than one tile of entries, so that there is a tile of the level above.
const SIZE = 300
const random = (byteLength: number): Uint8Array => crypto.getRandomValues(new Uint8Array(byteLength))
const entries: readonly LoggedEntry[] = Array.from({ length: SIZE }, (_, i) => makeEntry({ n: i }, random))
const tree = treeOf(entries)
const checkpoint = { origin: "test", size: SIZE, root: tree.root() }
const files = tileFiles(entries, tree)
const above = [...files.keys()].filter((path) => path.startsWith("log/tile/1/"))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "govah-tree-"))
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

async function failed(): Promise<readonly (string | undefined)[]> {
  const { checks } = await checkTree(await openFolder(folder), checkpoint)
  return checks.filter(({ result }) => result === "fail").map(({ path }) => path)
}

test("a tile above the first level is checked like the rest: changed, longer or gone, it is named alone", async () => {
  expect(above).toHaveLength(1)
  expect(await failed()).toEqual([])
  for (const path of above) {
    const whole = readFileSync(join(folder, path))
    for (const at of [0, whole.length - 1]) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] as number) ^ 1
      writeFileSync(join(folder, path), flipped)
      expect(await failed()).toEqual([path])
    }
    writeFileSync(join(folder, path), Buffer.concat([whole, whole]))
    expect(await failed()).toEqual([path])
    rmSync(join(folder, path))
    expect(await failed()).toEqual([path])
    writeFileSync(join(folder, path), whole)
  }
})
