import { concatBytes } from "../bytes/index.ts"
import { HASH_BYTES, MAX_ENTRY_BYTES } from "./hash.ts"
import { LogError } from "./log-error.ts"
import type { MerkleTree } from "./tree.ts"

/** Hashes in a full tile, and entries in a full bundle: a tile spans 8 levels of the tree (C2SP tlog-tiles). */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8

/** One tile of hashes, or one bundle of entries. */
export interface Tile {
  /** Level of tiles, 0 nearest the entries; `"entries"` for a bundle. */
  readonly level: number | "entries"
  readonly index: number
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number
}

/** Path below the log's prefix: `tile/0/x001/234`, a partial one `tile/0/000.p/7`. Source: C2SP tlog-tiles. */
export function tilePath(tile: Tile): string {
  let digits = String(tile.index % 1000).padStart(3, "0")
  for (let rest = Math.floor(tile.index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    digits = `x${String(rest % 1000).padStart(3, "0")}/${digits}`
  return `tile/${tile.level}/${digits}${tile.width < TILE_WIDTH ? `.p/${tile.width}` : ""}`
}

/** The tiles and bundles that stand for a tree of `size` entries, and no others. */
export function tilesOf(size: number): Tile[] {
  const tiles = row("entries", size)
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH))
    tiles.push(...row(level, count))
  return tiles
}

function row(level: Tile["level"], count: number): Tile[] {
  const tiles: Tile[] = []
  for (let index = 0; index * TILE_WIDTH < count; index++)
    tiles.push({ level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) })
  return tiles
}

/** Bytes of one tile of hashes: `width` times 32. @throws LogError `bad-tile` where the tree does not reach so far. */
export function tileBytes(tree: MerkleTree, tile: Tile): Uint8Array {
  if (tile.level === "entries") throw new LogError("bad-tile", "a bundle holds entries, not hashes")
  const start = tile.index * TILE_WIDTH
  const hashes = tree.level(tile.level * TILE_HEIGHT).slice(start, start + tile.width)
  if (hashes.length !== tile.width)
    throw new LogError("bad-tile", `tile of ${tile.width}, tree gives ${hashes.length}`)
  return concatBytes(...hashes)
}

/** Splits a received tile into its hashes. @throws LogError `bad-tile` where the length is not `width` times 32. */
export function parseTile(received: Uint8Array, width: number): Uint8Array[] {
  if (received.length !== width * HASH_BYTES)
    throw new LogError("bad-tile", `tile of ${received.length} bytes, not ${width * HASH_BYTES}`)
  return Array.from({ length: width }, (_, i) => received.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** Entries one after another, each behind its length as two big-endian bytes. @throws LogError `too-long`, `bad-bundle`. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH)
    throw new LogError("bad-bundle", `a bundle of ${entries.length} entries`)
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new LogError("too-long", `entry of ${entry.length} bytes`)
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry)
  }
  return concatBytes(...parts)
}

/** Reads a bundle that must hold exactly `width` entries and nothing after them. @throws LogError `bad-bundle`. */
export function parseEntryBundle(received: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let offset = 0
  while (offset < received.length && entries.length < width) {
    if (offset + 2 > received.length) throw new LogError("bad-bundle", `cut inside length ${entries.length}`)
    const length = (received[offset] as number) * 256 + (received[offset + 1] as number)
    offset += 2
    if (offset + length > received.length)
      throw new LogError("bad-bundle", `cut inside entry ${entries.length}`)
    entries.push(received.slice(offset, offset + length))
    offset += length
  }
  if (entries.length !== width) throw new LogError("bad-bundle", `${entries.length} entries, not ${width}`)
  if (offset !== received.length)
    throw new LogError("bad-bundle", `${received.length - offset} bytes too many`)
  return entries
}
