import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { makeFinder, type Needle } from "./needle.ts"
import { isDatabase, logBeside, sqliteValues } from "./sqlite-values.ts"
import { unpack } from "./unpack.ts"

/** What was found of one mark, and where: `path: form`, with "unpacked" where a search of the plain file misses it. */
export type Found = ReadonlyMap<string, ReadonlySet<string>>

/** A search that can be made again and again of a tree that changes. */
export interface TreeSearch {
  /** Looks through every file, as it lies there and unpacked. */
  look(): Found
}

/** What was found in one file. */
type Hit = readonly [mark: string, how: string]

/** Looks once. @see {@link makeTreeSearch} */
export function searchTree(root: string, needles: readonly Needle[]): Found {
  return makeTreeSearch(root, needles).look()
}

/** A file whose every byte is what it was is read each time, and not unpacked and searched again. */
export function makeTreeSearch(root: string, needles: readonly Needle[]): TreeSearch {
  const finder = makeFinder(needles)
  const known = new Map<string, readonly Hit[]>()
  const hitsIn = (haystack: Uint8Array, how: string): readonly Hit[] =>
    [...finder.find(haystack)].map(({ mark, form }) => [mark, `${form}${how}`])
  const hitsOf = (path: string, file: Buffer): readonly Hit[] => {
    const digest = contentDigest(path, file)
    const hits = known.get(digest) ?? [
      ...hitsIn(file, ""),
      ...[...unpack(file), ...sqliteValues(path, file)].flatMap((inner) => hitsIn(inner, ", unpacked")),
    ]
    known.set(digest, hits)
    return hits
  }
  return {
    look: () => {
      const found = new Map<string, Set<string>>()
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name)
        // The name of a file can betray as much as what is in it.
        const hits = [...hitsIn(Buffer.from(entry.name), " in its name")]
        if (entry.isFile()) {
          const file = readIfThere(path)
          if (file !== null) hits.push(...hitsOf(path, file))
        }
        for (const [mark, how] of hits) {
          const places = found.get(mark) ?? new Set()
          found.set(mark, places.add(`${relative(root, path)}: ${how}`))
        }
      }
      return found
    },
  }
}

/** Of all that is looked at with a file: what a database has not taken in yet lies in a file beside it. */
function contentDigest(path: string, file: Buffer): string {
  const hash = createHash("sha256").update(file)
  const log = isDatabase(file) ? readIfThere(logBeside(path)) : null
  if (log !== null) hash.update("log").update(log)
  return hash.digest("hex")
}

/** @returns null where it is gone since the folder was read. */
function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/** Looks through a disk as it is, with what was deleted from it. */
export function searchImage(image: Buffer, needles: readonly Needle[]): ReadonlySet<string> {
  const finder = makeFinder(needles)
  return new Set(
    [image, ...unpack(image)].flatMap((bytes) => [...finder.find(bytes)].map(({ mark }) => mark)),
  )
}
