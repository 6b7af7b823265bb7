import { randomBytes } from "node:crypto"
import { type FileHandle, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"

/** Bytes that are gathered before they are written. */
const BATCH_BYTES = 1_048_576

/**
 * Writes a stream as a new file that is there whole or not at all: under another name first, synced, then named.
 *
 * While one batch is being written the next is gathered, and no more: who makes the pieces waits for the disk. A piece
 * is kept until it is written, so it must not be changed after it was given.
 *
 * @param path - only this is made; what already stands there is never replaced (`EEXIST`).
 * @param mode - as of chmod; not readable by others unless said.
 * @returns bytes written. Errors of the file system and of `pieces` pass through, and leave nothing behind.
 */
export async function writeBlocks(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  mode = 0o600,
): Promise<number> {
  const partial = `${path}.${randomBytes(6).toString("hex")}.part`
  const file = await open(partial, "wx", mode)
  try {
    const bytes = await writePieces(file, pieces)
    await file.sync()
    await file.close()
    // The name is taken first, since a rename would replace what stands there; a stick's file system has no links.
    await (await open(path, "wx", mode)).close()
    await rename(partial, path)
    await syncFolder(dirname(path))
    return bytes
  } finally {
    await file.close().catch(() => {})
    await rm(partial, { force: true })
  }
}

/**
 * Writes a stream to an open file, a batch being written while the next is gathered.
 *
 * @returns bytes written; they are not synced.
 */
export async function writePieces(file: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  let batch: Uint8Array[] = []
  let gathered = 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const piece of pieces) {
      batch.push(piece)
      gathered += piece.length
      if (gathered < BATCH_BYTES) continue
      await writing
      writing = writeBatch(file, batch, gathered)
      // It is awaited before the next batch, and must not count as unhandled until then.
      writing.catch(() => {})
      bytes += gathered
      batch = []
      gathered = 0
    }
  } finally {
    // Also where `pieces` fails: the file is closed afterwards.
    await writing
  }
  await writeBatch(file, batch, gathered)
  return bytes + gathered
}

async function writeBatch(file: FileHandle, batch: readonly Uint8Array[], bytes: number): Promise<void> {
  if (bytes === 0) return
  const { bytesWritten } = await file.writev([...batch])
  if (bytesWritten === bytes) return
  // A disk may take less than all; the rest is written plainly, which goes on by itself.
  await file.writeFile(Buffer.concat(batch).subarray(bytesWritten))
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
