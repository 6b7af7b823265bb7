/** The files of a drawer in memory. Bytes of a file: the first `length` of `held`, which grows by doubling. */
export interface BoxFile {
  held: Uint8Array
  length: number
}

/** A drawer in memory, for where a page may keep nothing: its files, by name, as they would lie on a disk. */
export type Box = Map<string, BoxFile>

/** Writes into a file of a box; writing past the end fills the gap with zeros. */
export function writeInto(file: BoxFile, at: number, bytes: Uint8Array): void {
  const end = at + bytes.length
  if (end > file.held.length) {
    const held = new Uint8Array(Math.max(end, file.held.length * 2, 1_024))
    held.set(file.held.subarray(0, file.length))
    file.held = held
  }
  file.held.set(bytes, at)
  file.length = Math.max(file.length, end)
}

/** Cuts a file, or lengthens it with zeros. What is cut away is overwritten. */
export function cutTo(file: BoxFile, length: number): void {
  if (length > file.length) writeInto(file, length, new Uint8Array(0))
  file.held.fill(0, length, file.length)
  file.length = length
}
