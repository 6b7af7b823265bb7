import { equalBytes } from "../bytes/index.ts"
import { type Checkpoint, LogError, MerkleTree, parseTile, TILE_WIDTH, tilePath } from "../log/index.ts"
import { ReleaseError } from "./release-error.ts"

/** Most releases that a reader follows: 128 KiB of hashes. */
export const MAX_RELEASES = 4_096

/** Paths, below the log, of the tiles that hold all leaf hashes of a log. @throws ReleaseError `too-long`. */
export function leafTiles(size: number): readonly { readonly path: string; readonly width: number }[] {
  if (size > MAX_RELEASES) throw new ReleaseError("too-long", `a log of ${size} releases`)
  return Array.from({ length: Math.ceil(size / TILE_WIDTH) }, (_, index) => {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    return { path: tilePath({ level: 0, index, width }), width }
  })
}

/**
 * Checks that a log grew out of the one seen before: the same first entries, and none taken away. All leaf hashes are at
 * hand, so no proof is needed: both heads are computed anew.
 *
 * @param seen - the head verified last, or null where none was.
 * @param now - a head whose signature was verified.
 * @param tiles - bytes of `leafTiles(now.size)`, in order; attacker-controlled.
 * @throws ReleaseError `split-log`, `too-long`.
 */
export function checkGrowth(seen: Checkpoint | null, now: Checkpoint, tiles: readonly Uint8Array[]): void {
  if (seen !== null && now.size < seen.size)
    throw new ReleaseError("split-log", `the log had ${seen.size} entries, and is said to have ${now.size}`)
  const tree = new MerkleTree()
  try {
    leafTiles(now.size).forEach(({ width }, i) => {
      for (const leaf of parseTile(tiles[i] ?? new Uint8Array(0), width)) tree.append(leaf)
    })
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new ReleaseError("split-log", "the log's entries are not all there", { cause })
  }
  if (!equalBytes(tree.root(), now.root))
    throw new ReleaseError("split-log", "the entries are not those of the log's head")
  if (seen !== null && !equalBytes(tree.root(seen.size), seen.root))
    throw new ReleaseError("split-log", "the log is not the one seen before")
}
