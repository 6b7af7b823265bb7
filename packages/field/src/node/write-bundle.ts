import { randomBytes } from "node:crypto"
import { access, open, rename, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { carriedCells } from "../carry/index.ts"
import type { FieldHome } from "../home/index.ts"
import { BundleError } from "./bundle-error.ts"

/** What was written. */
export interface WrittenBundle {
  readonly cells: number
  readonly parcels: number
  /** Cells that were changed on this disk, and were left out. */
  readonly damaged: number
}

/**
 * Writes the cells of kept parcels into a plain file that any relay takes: cells one after another, sorted by name, so
 * that which belong together does not show. For a stick there is `carryOut`, which veils them. The parcels stay kept: a stick can be lost.
 *
 * @param parcels - ids, or null for all that wait.
 * @param path - must not exist. It appears whole or not at all; on a stick that cannot sync a folder, after a pause.
 * @throws BundleError; OutboxError `no-such-parcel`, `damaged` (a record, not a cell). Faults of the disk pass through.
 */
export async function writeBundle(
  home: FieldHome,
  parcels: readonly string[] | null,
  path: string,
): Promise<WrittenBundle> {
  const carried = await carriedCells(home.outbox, parcels)
  if (carried.cells === 0) throw new BundleError("nothing-waits", "nothing waits to be carried")
  if (await exists(path)) throw new BundleError("file-exists", "there is already a file of that name")

  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.part`)
  const handle = await open(temporary, "wx", 0o600)
  try {
    try {
      for await (const cell of carried.read()) await handle.writeFile(cell)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return { cells: carried.cells - carried.damaged(), parcels: carried.parcels, damaged: carried.damaged() }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
