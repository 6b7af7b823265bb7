import { closeSync, existsSync, fdatasync, fstatSync, openSync, readSync, writeSync } from "node:fs"
import { promisify } from "node:util"

/** The file of bodies, beside the SQLite file that says what lies where: places of one size, from 1. */
export interface Bodies {
  /**
   * What lies at a place; zeros where the file is too short, or the disk cannot read there: then it is damaged, as the
   * cell's name says. One bad sector must not keep a desk from everything after it, nor the cell from being healed.
   */
  read(place: number): Uint8Array
  /** The same to write it elsewhere: where the disk cannot read it throws, since next time it may. */
  readToMove(place: number): Uint8Array
  /** Writes a body, or several at places in a row. Nothing of it is durable before {@link flush}. */
  write(place: number, bodies: Uint8Array): void
  /** Resolves when everything that was written is on the disk. */
  flush(): Promise<void>
  /** Bytes of the file: of its places, and of what a crash may have left behind them. */
  size(): number
  close(): void
}

/** Opens a file of bodies. @param bytes - of each. */
export type OpenBodies = (path: string, bytes: number) => Bodies

/** Where the bodies of a store lie. */
export function bodiesPath(store: string): string {
  return `${store}-cells`
}

/** Whether a store has its bodies beside it. */
export function hasBodies(store: string): boolean {
  return existsSync(bodiesPath(store))
}

/** Opens or makes the file, readable to its owner alone. */
export const openBodies: OpenBodies = (path, bytes) => openFlushed(path, bytes, flushData)

/** The same over another way to wait for the disk, which is for tests alone. */
export function openFlushed(
  path: string,
  bytes: number,
  flushData: (descriptor: number) => Promise<void>,
): Bodies {
  closeSync(openSync(path, "a", 0o600))
  const descriptor = openSync(path, "r+")
  let isOpen = true
  let unflushed = 0
  let early: Promise<void> | null = null
  const readToMove = (place: number): Uint8Array => {
    const body = new Uint8Array(bytes)
    readSync(descriptor, body, 0, bytes, (place - 1) * bytes)
    return body
  }
  return {
    read: (place) => orZeros(() => readToMove(place), bytes),
    readToMove,
    write(place, bodies) {
      const start = (place - 1) * bytes
      for (let written = 0; written < bodies.length; )
        written += writeSync(descriptor, bodies, written, bodies.length - written, start + written)
      unflushed += bodies.length
      if (unflushed < EARLY_BYTES || early !== null) return
      // The disk begins while the rest is being written.
      unflushed = 0
      early = flushData(descriptor)
      early.catch(() => undefined)
    },
    async flush() {
      unflushed = 0
      // A fault of the disk is told once, to whoever asks first.
      const begun = early
      early = null
      await begun
      await flushData(descriptor)
    },
    size: () => fstatSync(descriptor).size,
    close() {
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}

/** What a read gives, or zeros where the disk cannot read. */
export function orZeros(read: () => Uint8Array, bytes: number): Uint8Array {
  try {
    return read()
  } catch (error) {
    if ((error as { code?: string }).code !== "EIO") throw error
    return new Uint8Array(bytes)
  }
}

// Of a group of 4 MiB.
const EARLY_BYTES = 1_048_576
const flushData = promisify(fdatasync)
