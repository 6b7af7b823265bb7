import { createHash } from "node:crypto"
import { type FileHandle, open, readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { isSafeName, type PackFile } from "@govah/core/pack"
import { UsageError } from "../command.ts"

/** A file on its way into a pack: on disk, or in memory. */
export interface SourceFile {
  readonly name: string
  readonly from: string | Uint8Array
}

/** Files and folders as a person named them; a folder gives everything below it, under its own name. */
export async function findFiles(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = []
  for (const path of paths) {
    const base = basename(path)
    if (!(await stat(path)).isDirectory()) {
      files.push({ name: base.normalize("NFC"), from: path })
      continue
    }
    for (const entry of (await readdir(path, { recursive: true, withFileTypes: true })).sort(byPath)) {
      if (!entry.isFile()) continue
      const below = join(entry.parentPath, entry.name).slice(join(path, "x").length - 1)
      files.push({
        name: `${base}/${below.split(/[\\/]/).join("/")}`.normalize("NFC"),
        from: join(path, below),
      })
    }
  }
  for (const { name } of files) {
    if (!isSafeName(name))
      throw new UsageError(`the name ${JSON.stringify(name)} cannot be written on every system`)
  }
  return files
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1
}

/** The files' lengths and hashes, in one pass over each. */
export async function measureFiles(files: readonly SourceFile[]): Promise<readonly PackFile[]> {
  const measured: PackFile[] = []
  for (const { name, from } of files) {
    const hash = createHash("sha256")
    let bytes = 0
    for await (const chunk of typeof from === "string" ? chunksOf(from) : [from]) {
      hash.update(chunk)
      bytes += chunk.length
    }
    measured.push({ name, bytes, sha256: hash.digest("hex") })
  }
  return measured
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, void> {
  const handle = await open(path)
  try {
    yield* handle.createReadStream({ autoClose: false, highWaterMark: 1_048_576 })
  } finally {
    await handle.close()
  }
}

/** Reads the data cells of a pack from its files. @param files - in the order of `measured`. */
export async function readDataCell(
  files: readonly SourceFile[],
  measured: readonly PackFile[],
  number: number,
): Promise<Uint8Array> {
  const cell = new Uint8Array(CELL_BYTES)
  const [begin, end] = [number * CELL_BYTES, (number + 1) * CELL_BYTES]
  let at = 0
  for (const [i, { bytes }] of measured.entries()) {
    const [from, to] = [Math.max(begin, at), Math.min(end, at + bytes)]
    const source = files[i]?.from
    if (from < to && typeof source === "string") {
      const handle = await open(source)
      try {
        await readFully(handle, cell.subarray(from - begin, to - begin), from - at)
      } finally {
        await handle.close()
      }
    } else if (from < to) cell.set((source as Uint8Array).subarray(from - at, to - at), from - begin)
    at += bytes
  }
  return cell
}

/** Fills `target` from a file. @throws UsageError where the file is shorter than it was. */
export async function readFully(handle: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done)
    if (bytesRead === 0)
      throw new UsageError("a file changed while it was being sent. Nothing false was signed")
    done += bytesRead
  }
}
