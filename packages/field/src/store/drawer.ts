/** One open file of a drawer. Offsets and lengths are in bytes. */
export interface DrawerFile {
  size(): Promise<number>
  /** @returns `length` bytes, or fewer where the file ends. */
  read(at: number, length: number): Promise<Uint8Array>
  /** Writes all of `bytes`; writing past the end fills the gap with zeros. Durable only after {@link flush}. */
  write(at: number, bytes: Uint8Array): Promise<void>
  truncate(length: number): Promise<void>
  /** When it returns, everything written and the file's own name survive a power cut. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * A flat place for a few files: a folder, or a browser's private file system. The one port through which the field
 * touches a disk; what it is handed is ciphertext (`locked-drawer.ts`).
 *
 * Names are lower-case letters, digits and hyphens.
 */
export interface Drawer {
  names(): Promise<readonly string[]>
  /** @returns null where `create` is false and there is no such file. A new file is empty. */
  open(name: string, create: boolean): Promise<DrawerFile | null>
  /** Durable when it returns. Removing what is not there is no error. */
  remove(name: string): Promise<void>
  /** Runs `work` while the drawer counts as in use; any number may, in any process or tab. */
  inUse<T>(work: () => Promise<T>): Promise<T>
  /** Runs `work` only if nobody, in any process or tab, is inside {@link inUse}; else does nothing, without waiting. */
  ifIdle(work: () => Promise<void>): Promise<void>
}

/** Opens, works, closes: whatever happens. @returns null where the file is missing and `create` is false. */
export async function withFile<F extends DrawerFile, T>(
  drawer: { open(name: string, create: boolean): Promise<F | null> },
  name: string,
  create: boolean,
  work: (file: F) => Promise<T>,
): Promise<T | null> {
  const file = await drawer.open(name, create)
  if (file === null) return null
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

/**
 * Overwrites a file with zeros, then removes it. On flash the old bytes may outlive this; where the file system writes
 * in place they do not.
 */
export async function shred(drawer: Drawer, name: string): Promise<void> {
  await withFile(drawer, name, false, async (file) => {
    const size = await file.size()
    const zeros = new Uint8Array(Math.min(size, SHRED_BYTES))
    for (let at = 0; at < size; at += zeros.length) {
      await file.write(at, zeros.subarray(0, Math.min(zeros.length, size - at)))
    }
    await file.flush()
  })
  await drawer.remove(name)
}

const SHRED_BYTES = 1_048_576
