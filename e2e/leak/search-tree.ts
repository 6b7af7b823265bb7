import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { makeFinder, type Needle } from "./needle.ts"
import { sqliteValues } from "./sqlite-values.ts"
import { unpack } from "./unpack.ts"

/** What was found of one mark, and where: `path: form`, with "unpacked" where a search of the plain file misses it. */
export type Found = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Looks through every file under a folder, as it lies there and unpacked.
 *
 * @param seen - files that need not be looked at again while they have the same size and time; what is looked at is noted.
 */
export function searchTree(
  root: string,
  needles: readonly Needle[],
  seen: Map<string, string> | null = null,
): Found {
  const finder = makeFinder(needles)
  const found = new Map<string, Set<string>>()
  const note = (path: string, how: string, haystack: Uint8Array): void => {
    for (const { mark, form } of finder.find(haystack)) {
      const places = found.get(mark) ?? new Set()
      found.set(mark, places.add(`${relative(root, path)}: ${form}${how}`))
    }
  }
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    // The name of a file can betray as much as what is in it.
    note(path, " in its name", Buffer.from(entry.name))
    if (!entry.isFile()) continue
    let file: Buffer
    try {
      const { size, mtimeMs } = statSync(path)
      if (seen?.get(path) === `${size} ${mtimeMs}`) continue
      seen?.set(path, `${size} ${mtimeMs}`)
      file = readFileSync(path)
    } catch {
      // It was there when the folder was read.
      continue
    }
    note(path, "", file)
    for (const inner of [...unpack(file), ...sqliteValues(path, file)]) note(path, ", unpacked", inner)
  }
  return found
}

/** Looks through a disk as it is, with what was deleted from it. */
export function searchImage(image: Buffer, needles: readonly Needle[]): ReadonlySet<string> {
  const finder = makeFinder(needles)
  return new Set(
    [image, ...unpack(image)].flatMap((bytes) => [...finder.find(bytes)].map(({ mark }) => mark)),
  )
}
