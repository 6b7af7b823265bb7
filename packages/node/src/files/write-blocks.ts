import { randomBytes } from "node:crypto"
import { type FileHandle, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"

/** Bytes that are gathered before they are written. */
const BATCH_BYTES = 1_048_576

/**
 * Writes a stream as a new file that is there whole or not at all: under another name first, synced, then named.
 *
 * While one batch is being written the next is gathered, and no more: who makes the pieces waits for the disk. A piece
 * is copied before the next is pulled.
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
 * Writes a stream to an open file, a batch being written while the next is gathered in a second buffer. Both are
 * overwritten with zeros at the end: what goes to a file may be a plaintext.
 *
 * @returns bytes written; they are not synced.
 */
export async function writePieces(file: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  let gathering = new Uint8Array(BATCH_BYTES)
  let other = new Uint8Array(BATCH_BYTES)
  let gathered = 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const piece of pieces) {
      for (let offset = 0; offset < piece.length; ) {
        const taken = Math.min(BATCH_BYTES - gathered, piece.length - offset)
        gathering.set(piece.subarray(offset, offset + taken), gathered)
        gathered += taken
        offset += taken
        if (gathered < BATCH_BYTES) continue
        await writing
        writing = writeAll(file, gathering, gathered)
        // It is awaited before the next batch, and must not count as unhandled until then.
        writing.catch(() => {})
        bytes += gathered
        gathered = 0
        ;[gathering, other] = [other, gathering]
      }
    }
    await writing
    await writeAll(file, gathering, gathered)
    return bytes + gathered
  } finally {
    // Also where `pieces` fails: the file is closed afterwards, and the error to tell is that of `pieces`.
    await writing.catch(() => {})
    gathering.fill(0)
    other.fill(0)
  }
}

async function writeAll(file: FileHandle, batch: Uint8Array, bytes: number): Promise<void> {
  // A disk may take less than all.
  for (let written = 0; written < bytes; )
    written += (await file.write(batch, written, bytes - written)).bytesWritten
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
