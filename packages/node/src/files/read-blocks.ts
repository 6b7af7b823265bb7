import { open } from "node:fs/promises"

/** Bytes of one read: large enough that a disk and a system call cost little, small enough to hold two of. */
export const BLOCK_BYTES = 1_048_576

/**
 * The bytes of a file, in blocks of 1 MiB; the next is being read while one is worked on.
 *
 * Two buffers in turn: a block is the caller's only until the next is pulled. Errors of the file system pass through.
 */
export async function* readBlocks(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path, "r")
  const read = async (buffer: Uint8Array): Promise<Uint8Array> =>
    buffer.subarray(0, (await file.read(buffer, 0, BLOCK_BYTES)).bytesRead)
  let next: Promise<Uint8Array> | null = null
  try {
    let current = new Uint8Array(BLOCK_BYTES)
    let other = new Uint8Array(BLOCK_BYTES)
    let block = await read(current)
    while (block.length > 0) {
      next = read(other)
      // Whoever stops pulling learns nothing of a read that fails afterwards.
      next.catch(() => {})
      yield block
      block = await next
      ;[current, other] = [other, current]
    }
  } finally {
    await next?.catch(() => {})
    await file.close()
  }
}
