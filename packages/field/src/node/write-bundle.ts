import { randomBytes } from "node:crypto"
import { access, open, rename, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { FieldHome } from "../home/index.ts"
import type { KeptCell } from "../outbox/index.ts"
import { BundleError } from "./bundle-error.ts"

/** What was written. */
export interface WrittenBundle {
  readonly cells: number
  readonly parcels: number
}

/**
 * Writes the cells of kept parcels into a file that any relay takes: cells one after another, sorted by name, so that
 * which belong together does not show. The parcels stay kept: a stick can be lost.
 *
 * @param parcels - ids, or null for all that wait.
 * @param path - must not exist. It appears whole or not at all; on a stick that cannot sync a folder, after a pause.
 * @throws BundleError; OutboxError `no-such-parcel`, `damaged`. Faults of the disk pass through.
 */
export async function writeBundle(
  home: FieldHome,
  parcels: readonly string[] | null,
  path: string,
): Promise<WrittenBundle> {
  const ids =
    parcels ??
    (await home.outbox.list()).filter((parcel) => parcel.state === "kept").map((parcel) => parcel.id)
  const cells: { readonly parcel: string; readonly cell: KeptCell }[] = []
  for (const parcel of ids) for (const cell of await home.outbox.cells(parcel)) cells.push({ parcel, cell })
  if (cells.length === 0) throw new BundleError("nothing-waits", "nothing waits to be carried")
  if (await exists(path)) throw new BundleError("file-exists", "there is already a file of that name")
  cells.sort((a, b) => (a.cell.id < b.cell.id ? -1 : 1))

  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.part`)
  const handle = await open(temporary, "wx", 0o600)
  try {
    try {
      for (const { parcel, cell } of cells) await handle.writeFile(await home.outbox.readCell(parcel, cell))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return { cells: cells.length, parcels: ids.length }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
