import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Json } from "@govah/core/bytes"
import {
  entryBundle,
  leafHash,
  MerkleTree,
  openEntry,
  parseCheckpoint,
  parseEntryBundle,
  parseNote,
  TILE_WIDTH,
  tileBytes,
  tilesOf,
} from "@govah/core/log"
import type { Publication } from "@govah/core/publication"
import type { Files } from "../replace-folder.ts"
import { formatDisclosures, parseDisclosures } from "./disclosures.ts"
import { type Edition, readEdition, readPublication, readWithdrawal } from "./entry-kinds.ts"
import { CHECKPOINT_PATH, disclosuresFile, tileFile } from "./log-paths.ts"

/** An entry with what opens it; null where it was withdrawn. */
export interface LoggedEntry {
  readonly entry: Uint8Array
  readonly disclosures: readonly string[] | null
}

/** The log of a folder that has been verified before. */
export interface ArchiveLog {
  readonly checkpoint: Uint8Array
  readonly entries: readonly LoggedEntry[]
}

/**
 * Reads the log of an archive whose log has just been verified (`verifyArchive`); it checks no more than it must to read.
 *
 * @throws LogError, or what the disk says.
 */
export async function readVerifiedLog(folder: string): Promise<ArchiveLog> {
  const checkpoint = new Uint8Array(await readFile(join(folder, CHECKPOINT_PATH)))
  const { size } = parseCheckpoint(parseNote(checkpoint).text)
  const entries: LoggedEntry[] = []
  for (const tile of tilesOf(size).filter((t) => t.level === "entries")) {
    const bundle = new Uint8Array(await readFile(join(folder, tileFile(tile))))
    for (const entry of parseEntryBundle(bundle, tile.width)) {
      const beside = await readFile(join(folder, disclosuresFile(entries.length))).catch(() => null)
      entries.push({ entry, disclosures: beside === null ? null : parseDisclosures(new Uint8Array(beside)) })
    }
  }
  return { checkpoint, entries }
}

/** What an entry that lies open tells. */
export type Told =
  | { readonly kind: "publication"; readonly index: number; readonly publication: Publication }
  | { readonly kind: "edition"; readonly index: number; readonly edition: Edition }
  | { readonly kind: "withdrawal"; readonly index: number; readonly entries: readonly number[] }

/** What the entries tell, oldest first; those that are closed or of an unknown kind are left out. */
export function tellEntries(entries: readonly LoggedEntry[]): Told[] {
  const told: Told[] = []
  entries.forEach(({ entry, disclosures }, index) => {
    if (disclosures === null) return
    const fields: ReadonlyMap<string, Json> = openEntry(entry, disclosures)
    const publication = readPublication(fields)
    const edition = readEdition(fields)
    const withdrawn = readWithdrawal(fields)
    if (publication !== null) told.push({ kind: "publication", index, publication })
    else if (edition !== null) told.push({ kind: "edition", index, edition })
    else if (withdrawn !== null) told.push({ kind: "withdrawal", index, entries: withdrawn })
  })
  return told
}

/** The tree over some entries. */
export function treeOf(entries: readonly LoggedEntry[]): MerkleTree {
  const tree = new MerkleTree()
  for (const { entry } of entries) tree.append(leafHash(entry))
  return tree
}

/** Files of all tiles and bundles. */
export function tileFiles(entries: readonly LoggedEntry[], tree: MerkleTree): Files {
  const files = new Map<string, Uint8Array>()
  for (const tile of tilesOf(tree.size)) {
    const start = tile.index * TILE_WIDTH
    const bytes =
      tile.level === "entries"
        ? entryBundle(entries.slice(start, start + tile.width).map(({ entry }) => entry))
        : tileBytes(tree, tile)
    files.set(tileFile(tile), bytes)
  }
  return files
}

/** Files of what opens the entries from `from` up to, not including, `to`. */
export function disclosureFiles(entries: readonly LoggedEntry[], from: number, to: number): Files {
  const files = new Map<string, Uint8Array>()
  for (let index = from; index < to; index++) {
    const disclosures = entries[index]?.disclosures ?? null
    if (disclosures !== null) files.set(disclosuresFile(index), formatDisclosures(disclosures))
  }
  return files
}
