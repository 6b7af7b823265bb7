import { type ArchiveDisk, nodeDisk } from "../disk.ts"

/** A disk that lets the calls before the `n`-th happen, and does `act` instead of, or in the midst of, the `n`-th. */
export function diskStoppingAt(
  n: number,
  act: (midway: () => Promise<void>) => Promise<void>,
): ArchiveDisk & { readonly fired: () => boolean } {
  let calls = 0
  let fired = false
  const step = async (call: () => Promise<void>, midway: () => Promise<void>): Promise<void> => {
    if (++calls !== n) return call()
    fired = true
    await act(midway)
  }
  return {
    makeFolder: (path) =>
      step(
        () => nodeDisk.makeFolder(path),
        () => nodeDisk.makeFolder(path),
      ),
    // The write is torn: half of the bytes reach the disk.
    writeFile: (path, bytes) =>
      step(
        () => nodeDisk.writeFile(path, bytes),
        () => nodeDisk.writeFile(path, bytes.subarray(0, bytes.length >> 1)),
      ),
    sync: (path) =>
      step(
        () => nodeDisk.sync(path),
        async () => undefined,
      ),
    rename: (from, to) =>
      step(
        () => nodeDisk.rename(from, to),
        async () => undefined,
      ),
    remove: (path) =>
      step(
        () => nodeDisk.remove(path),
        async () => undefined,
      ),
    fired: () => fired,
  }
}
