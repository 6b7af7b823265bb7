/** One page as the write-ahead log has it. Source: sqlite.org/fileformat2.html, section 4.1. */
export interface WalFrame {
  /** Counted from 0 in the order of the file: the order in which pages were written. */
  readonly number: number
  /** Which page of the database. */
  readonly page: number
  readonly content: Uint8Array
}

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/** Every frame in the file, those too that SQLite itself would no longer look at: an examiner does. */
export function* readFrames(wal: Uint8Array, pageBytes: number): Generator<WalFrame, void, void> {
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength)
  const step = FRAME_HEADER_BYTES + pageBytes
  for (let number = 0; HEADER_BYTES + (number + 1) * step <= wal.length; number++) {
    const at = HEADER_BYTES + number * step
    yield {
      number,
      page: view.getUint32(at),
      content: wal.subarray(at + FRAME_HEADER_BYTES, at + step),
    }
  }
}
