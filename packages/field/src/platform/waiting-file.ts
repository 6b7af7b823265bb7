import { CELL_BYTES } from "@govah/core/cell"
import { toHex } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { stickName, veil } from "@govah/core/veil"

/** 64 MiB: what a phone with little memory can hold beside everything else. */
const FILE_CELLS = 4_096

/** Everything that waits, or a part of it. */
export interface WaitingFile {
  /** Says nothing. */
  readonly name: string
  readonly file: Blob
  /** Where the next file begins, or null where this is the last one. */
  readonly next: number | null
}

/**
 * The cells of files as a file for a carrier, veiled and in the order of their ids, so that it does not tell which belong
 * together. Needs no key, for cells lie as they are sent: works while the app is locked.
 *
 * @param files - with nothing but cells one after another; a rest at the end, and places that were never written, are left
 *   out. They are not changed meanwhile.
 * @param after - `next` of the file before; 0 for the first.
 * @param fileCells - most cells of one file.
 * @returns null where there is no cell.
 * @throws whatever reading throws: a file that is gone, or held by another tab.
 */
export async function waitingFile(
  files: readonly Blob[],
  after: number,
  primitives: Primitives,
  fileCells: number = FILE_CELLS,
): Promise<WaitingFile | null> {
  const cells = new Map<string, () => Promise<Uint8Array>>()
  for (const file of files) {
    for (let at = 0; at + CELL_BYTES <= file.size; at += CELL_BYTES) {
      const read = async (): Promise<Uint8Array> =>
        new Uint8Array(await file.slice(at, at + CELL_BYTES).arrayBuffer())
      const bytes = await read()
      if (bytes.some((byte) => byte !== 0)) cells.set(toHex(await primitives.sha256(bytes)), read)
    }
  }
  if (cells.size === 0) return null
  const ids = [...cells.keys()].sort()
  const veiled: Blob[] = []
  for (const id of ids.slice(after, after + fileCells)) {
    const bytes = await (cells.get(id) as () => Promise<Uint8Array>)()
    veiled.push(new Blob([new Uint8Array(await veil(bytes, primitives))]))
  }
  return {
    name: `${stickName(primitives)}.bin`,
    file: new Blob(veiled, { type: "application/octet-stream" }),
    next: after + fileCells < ids.length ? after + fileCells : null,
  }
}

/** What lies under this name in the browser's private file system, for {@link waitingFile}. Nothing is made or changed. */
export async function keptCellFiles(folder: string): Promise<readonly Blob[]> {
  const files: Blob[] = []
  const root = await navigator.storage.getDirectory()
  const directory = await root.getDirectoryHandle(folder).catch(() => null)
  if (directory === null) return []
  for await (const [name, handle] of directory.entries()) {
    if (name.startsWith("cells-") && handle.kind === "file")
      files.push(await (handle as FileSystemFileHandle).getFile())
  }
  return files
}
