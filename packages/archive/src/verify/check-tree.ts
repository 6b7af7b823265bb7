import { equalBytes } from "@govah/core/bytes"
import {
  type Checkpoint,
  LogError,
  leafHash,
  MerkleTree,
  parseEntryBundle,
  parseTile,
  TILE_WIDTH,
  type Tile,
  tileBytes,
  tilesOf,
} from "@govah/core/log"
import { CHECKPOINT_PATH, tileFile } from "../log/log-paths.ts"
import type { Folder } from "./folder.ts"
import type { Check } from "./verdict.ts"

// With k contested bundles there are 2^k trees to try. More than these are not sorted out but all named.
const MAX_CONTESTED = 8

/** What came of looking at tiles and bundles. */
export interface TreeFinding {
  readonly checks: readonly Check[]
  readonly size: number
  /** Entries by index; null where an entry is missing or is not the one in the tree. */
  readonly entries: readonly (Uint8Array | null)[]
  /** The tree as far as it could be settled, or null. */
  readonly tree: MerkleTree | null
  /** Every path that tiles and bundles of this size take. */
  readonly expected: ReadonlySet<string>
}

interface Row {
  readonly bundle: Tile
  readonly tile: Tile
  readonly entries: readonly Uint8Array[] | null
  readonly hashes: readonly Uint8Array[] | null
}

/**
 * Compares entry bundles, tiles and root. Each leaf hash lies in the folder twice (in the tile, and computed from the entry), so
 * where one side was changed the signed root tells which.
 *
 * @param checkpoint - verified, or null: then the size is taken from the names of the bundles, and sides that disagree are
 * both named.
 */
export async function checkTree(folder: Folder, checkpoint: Checkpoint | null): Promise<TreeFinding> {
  const size = checkpoint?.size ?? sizeByNames(folder)
  const tiles = tilesOf(size)
  const expected = new Set(tiles.map(tileFile))
  const bad = new Map<string, string>()
  const rows: Row[] = []
  for (const bundle of tiles.filter((t) => t.level === "entries")) {
    const tile: Tile = { ...bundle, level: 0 }
    rows.push({
      bundle,
      tile,
      entries: await readParsed(folder, bundle, bad, (bytes) => parseEntryBundle(bytes, bundle.width)),
      hashes: await readParsed(folder, tile, bad, (bytes) => parseTile(bytes, tile.width)),
    })
  }
  const { leaves, tree } = settle(rows, checkpoint, bad)
  for (const tile of tiles.filter((t) => typeof t.level === "number" && t.level > 0)) {
    const bytes = await folder.read(tileFile(tile))
    if (bytes === null) bad.set(tileFile(tile), "The file is missing.")
    else if (tree !== null && !equalBytes(bytes, tileBytes(tree, tile)))
      bad.set(tileFile(tile), "The hashes are not those of the tree below.")
  }
  const entries = rows.flatMap((row) =>
    Array.from({ length: row.bundle.width }, (_, i) => {
      const entry = row.entries?.[i] ?? null
      const leaf = leaves?.[row.bundle.index * TILE_WIDTH + i]
      return entry !== null && (leaf === undefined || equalBytes(leafHash(entry), leaf)) ? entry : null
    }),
  )
  const checks = tiles.map((tile): Check => {
    const why = bad.get(tileFile(tile))
    const name = tile.level === "entries" ? "entries" : "tile"
    const result = why === undefined ? "pass" : "fail"
    return { name, path: tileFile(tile), result, why: why ?? "Belongs to the tree." }
  })
  return { checks: [...checks, rootCheck(tree, checkpoint, bad)], size, entries, tree, expected }
}

function rootCheck(
  tree: MerkleTree | null,
  checkpoint: Checkpoint | null,
  bad: ReadonlyMap<string, string>,
): Check {
  if (checkpoint === null)
    return {
      name: "root",
      result: "not-applicable",
      why: "There is no verified checkpoint to compare the tree with.",
    }
  if (tree !== null && equalBytes(tree.root(), checkpoint.root))
    return {
      name: "root",
      path: CHECKPOINT_PATH,
      result: "pass",
      why: "The entries lead to the signed root.",
    }
  if (bad.size > 0)
    return { name: "root", result: "fail", why: "The log cannot be rebuilt: see the files named." }
  return {
    name: "root",
    path: CHECKPOINT_PATH,
    result: "fail",
    why: "The signed root is that of other entries.",
  }
}

// Chooses for each row which side to believe, so that the tree has the signed root; names the other side.
function settle(
  rows: readonly Row[],
  checkpoint: Checkpoint | null,
  bad: Map<string, string>,
): { leaves: readonly Uint8Array[] | null; tree: MerkleTree | null } {
  const sides = rows.map((row) => {
    const computed = row.entries?.map(leafHash) ?? null
    const same =
      computed !== null &&
      row.hashes !== null &&
      computed.every((h, i) => equalBytes(h, row.hashes?.[i] ?? h))
    return { row, computed, contested: computed !== null && row.hashes !== null && !same }
  })
  if (sides.some(({ row, computed }) => computed === null && row.hashes === null))
    return { leaves: null, tree: null }
  const contested = sides.filter((side) => side.contested)
  const tries = contested.length > MAX_CONTESTED || checkpoint === null ? 1 : 2 ** contested.length
  for (let choice = 0; choice < tries; choice++) {
    const believesTile = (side: (typeof sides)[number]): boolean =>
      side.computed === null || (side.contested && ((choice >> contested.indexOf(side)) & 1) === 0)
    const leaves = sides.flatMap((side) => (believesTile(side) ? side.row.hashes : side.computed) ?? [])
    const tree = new MerkleTree()
    for (const leaf of leaves) tree.append(leaf)
    if (checkpoint !== null && !equalBytes(tree.root(), checkpoint.root)) continue
    for (const side of contested) {
      const wrong = believesTile(side) ? side.row.bundle : side.row.tile
      bad.set(tileFile(wrong), "It does not lead to the signed root, and its counterpart does.")
      if (checkpoint === null)
        bad.set(tileFile(side.row.tile), "Entries and hashes disagree, and no checkpoint settles it.")
    }
    return { leaves, tree }
  }
  for (const { row } of contested)
    for (const tile of [row.bundle, row.tile]) bad.set(tileFile(tile), "Entries and hashes disagree.")
  if (contested.length > 0) return { leaves: null, tree: null }
  const tree = new MerkleTree()
  const leaves = sides.flatMap((side) => side.computed ?? side.row.hashes ?? [])
  for (const leaf of leaves) tree.append(leaf)
  return { leaves, tree }
}

async function readParsed<T>(
  folder: Folder,
  tile: Tile,
  bad: Map<string, string>,
  parse: (bytes: Uint8Array) => T,
): Promise<T | null> {
  const bytes = await folder.read(tileFile(tile))
  if (bytes === null) {
    bad.set(tileFile(tile), "The file is missing.")
    return null
  }
  try {
    return parse(bytes)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    bad.set(tileFile(tile), `Malformed (${error.code}).`)
    return null
  }
}

function sizeByNames(folder: Folder): number {
  let size = 0
  for (const path of folder.paths) {
    const [, thousands, last, partial] =
      /^log\/tile\/entries\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
    if (last === undefined) continue
    const index = Number(`${(thousands ?? "").replaceAll(/[x/]/g, "")}${last}`)
    const width = partial === undefined ? TILE_WIDTH : Number(partial)
    if (index < 2 ** 32 && width > 0 && width <= TILE_WIDTH) size = Math.max(size, index * TILE_WIDTH + width)
  }
  // A name alone must not make us expect more tiles than there are files.
  return size <= folder.paths.length * TILE_WIDTH ? size : 0
}
