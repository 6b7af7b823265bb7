import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { fromHex, toHex, utf8Bytes } from "../bytes/index.ts"
import { leafHash } from "./hash.ts"
import { entryBundle, parseEntryBundle, parseTile, type Tile, tileBytes, tilePath, tilesOf } from "./tile.ts"
import { MerkleTree } from "./tree.ts"

interface TileVectors {
  readonly paths: (Tile & { readonly path: string })[]
  readonly bundles: {
    readonly name: string
    readonly expect: string
    readonly width: number
    readonly bundle: string
    readonly entries?: string[]
  }[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/log-tile.json", import.meta.url), "utf8"),
) as TileVectors

const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array

test("tile paths are those of the C2SP text", () => {
  for (const { path, ...tile } of vectors.paths) expect(tilePath(tile)).toBe(path)
})

describe("entry bundle vectors", () => {
  test.each(vectors.bundles)("$name", (v) => {
    let result: string
    try {
      const entries = parseEntryBundle(hex(v.bundle), v.width)
      expect(entries.map(toHex)).toEqual(v.entries)
      expect(toHex(entryBundle(entries))).toBe(v.bundle)
      result = "accept"
    } catch (error) {
      result = `reject:${(error as { code?: string }).code}`
    }
    expect(result).toBe(v.expect)
  })
})

test("the tiles of a tree hold its levels 0, 8, 16 …, partial ones at the right edge", () => {
  const tree = new MerkleTree()
  for (let i = 0; i < 70_000; i++) tree.append(leafHash(utf8Bytes(`entry ${i}`)))
  const tiles = tilesOf(tree.size)
  expect(tiles.filter((t) => t.level === 0).length).toBe(274)
  expect(tiles.filter((t) => t.level === 0).at(-1)).toEqual({ level: 0, index: 273, width: 112 })
  expect(tiles.filter((t) => t.level === 1)).toEqual([
    { level: 1, index: 0, width: 256 },
    { level: 1, index: 1, width: 17 },
  ])
  expect(tiles.filter((t) => t.level === 2)).toEqual([{ level: 2, index: 0, width: 1 }])
  // A full tile is the tree under one hash of the level above it.
  const full = new MerkleTree()
  const bytes = tileBytes(tree, { level: 0, index: 5, width: 256 })
  for (const hash of parseTile(bytes, 256)) full.append(hash)
  expect(full.root()).toEqual(parseTile(tileBytes(tree, { level: 1, index: 0, width: 256 }), 256)[5])
  expect(tilesOf(0)).toEqual([])
  expect(() => parseTile(bytes, 255)).toThrow(expect.objectContaining({ code: "bad-tile" }))
  expect(() => tileBytes(tree, { level: 0, index: 273, width: 113 })).toThrow(
    expect.objectContaining({ code: "bad-tile" }),
  )
})
