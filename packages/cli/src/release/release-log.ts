import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import {
  entryBundle,
  formatVerifierKey,
  leafHash,
  MerkleTree,
  type NoteSigner,
  openCheckpoint,
  parseEntryBundle,
  signCheckpoint,
  TILE_WIDTH,
  tileBytes,
  tilePath,
  tilesOf,
  verifierKey,
} from "@govah/core/log"
import type { Primitives } from "@govah/core/primitives"
import { parseReleaseEntry } from "@govah/core/release"
import { FoundWanting } from "../command.ts"

/** The log of releases as it lies in a folder, verified when it was read. */
export interface ReleaseLog {
  readonly entries: readonly Uint8Array[]
  /** Number of the newest release, or 0. */
  readonly newest: number
}

/** Reads a log from its folder; an empty one where there is none yet. @throws FoundWanting, LogError. */
export async function readReleaseLog(
  folder: string,
  signer: NoteSigner,
  primitives: Primitives,
): Promise<ReleaseLog> {
  const note = await readFile(join(folder, "checkpoint")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null
    throw error
  })
  if (note === null) return { entries: [], newest: 0 }
  const key = verifierKey(signer.name, signer.publicKey)
  const { size, root } = await openCheckpoint(new Uint8Array(note), key, primitives.verify)
  const entries: Uint8Array[] = []
  for (const tile of tilesOf(size).filter(({ level }) => level === "entries")) {
    const bytes = await readFile(join(folder, tilePath(tile)))
    entries.push(...parseEntryBundle(new Uint8Array(bytes), tile.width))
  }
  if (Buffer.compare(treeOf(entries).root(), root) !== 0)
    throw new FoundWanting(
      `the log in ${folder} is damaged: ${formatVerifierKey(key)} signed another. Restore it`,
    )
  return { entries, newest: Math.max(0, ...entries.map((entry) => parseReleaseEntry(entry).version)) }
}

/** A Merkle tree over the entries of a log. */
export function treeOf(entries: readonly Uint8Array[]): MerkleTree {
  const tree = new MerkleTree()
  for (const entry of entries) tree.append(leafHash(entry))
  return tree
}

/** The files of a log by path: tiles, and the signed head. The same entries give the same bytes. */
export async function releaseLogFiles(
  entries: readonly Uint8Array[],
  signer: NoteSigner,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const tree = treeOf(entries)
  const files = new Map<string, Uint8Array>()
  for (const tile of tilesOf(tree.size)) {
    const start = tile.index * TILE_WIDTH
    const bytes =
      tile.level === "entries" ? entryBundle(entries.slice(start, start + tile.width)) : tileBytes(tree, tile)
    files.set(tilePath(tile), bytes)
  }
  const checkpoint = { origin: signer.name, size: tree.size, root: tree.root() }
  return files.set("checkpoint", await signCheckpoint(checkpoint, signer))
}

/** Writes files below a folder, each whole or not at all, in the order given: a log's head last. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(`${file}.new`, bytes, { flush: true })
    await rename(`${file}.new`, file)
  }
}
