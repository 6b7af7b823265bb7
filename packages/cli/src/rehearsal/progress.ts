import { open, readFile, rename } from "node:fs/promises"

/** How far a rehearsal is, so that one that was stopped goes on where it was. */
export interface Progress {
  readonly units: readonly string[]
  /** How many reports are kept, in the order of the sample's table. */
  readonly kept: number
  readonly done: boolean
}

/** Reads the progress; a file that is not there means nothing was done. */
export async function readProgress(file: string): Promise<Progress> {
  const text = await readFile(file, "utf8").catch(() => null)
  return text === null ? { units: [], kept: 0, done: false } : (JSON.parse(text) as Progress)
}

/** Writes the progress so that a crash leaves the old or the new, never half of one. */
export async function writeProgress(file: string, progress: Progress): Promise<void> {
  const partial = `${file}.part`
  const handle = await open(partial, "w", 0o600)
  try {
    await handle.writeFile(JSON.stringify(progress))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partial, file)
}
