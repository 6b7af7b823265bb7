import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { nodePrimitives as p } from "../index.ts"
import { BLOCK_BYTES, readBlocks } from "./read-blocks.ts"
import { writeBlocks } from "./write-blocks.ts"

const folder = mkdtempSync(join(tmpdir(), "govah-files-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function* copies(path: string): AsyncGenerator<Uint8Array, void, void> {
  for await (const block of readBlocks(path)) yield block.slice()
}

test.each([0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 7])(
  "%i bytes come through, and only their own name is made",
  async (bytes) => {
    const from = join(folder, `from-${bytes}`)
    const to = join(folder, `to-${bytes}`)
    const content = Buffer.concat(Array.from({ length: 60 }, () => p.random(65_536))).subarray(0, bytes)
    writeFileSync(from, content)
    expect(await writeBlocks(to, copies(from))).toBe(bytes)
    expect(readFileSync(to).equals(content)).toBe(true)
    expect(statSync(to).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([])
  },
)

test("what stands there is never replaced", async () => {
  const path = join(folder, "taken")
  writeFileSync(path, "mine")
  await expect(writeBlocks(path, copies(path))).rejects.toMatchObject({ code: "EEXIST" })
  expect(readFileSync(path, "utf8")).toBe("mine")
  expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([])
})

test("a source that fails in the middle leaves nothing", async () => {
  async function* failing(): AsyncGenerator<Uint8Array, void, void> {
    for (let i = 0; i < 40; i++) yield new Uint8Array(65_536)
    throw new Error("the source is gone")
  }
  const path = join(folder, "half")
  await expect(writeBlocks(path, failing())).rejects.toThrow("the source is gone")
  expect(readdirSync(folder).filter((name) => name.startsWith("half"))).toEqual([])
})

test("whoever stops reading early closes the file, and a missing file is named", async () => {
  const path = join(folder, "from-early")
  writeFileSync(path, new Uint8Array(3 * BLOCK_BYTES))
  for await (const block of readBlocks(path)) {
    expect(block.length).toBe(BLOCK_BYTES)
    break
  }
  rmSync(path)
  await expect(Array.fromAsync(readBlocks(path))).rejects.toMatchObject({ code: "ENOENT" })
})
