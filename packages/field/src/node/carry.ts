import { nodePrimitives, readStick, type WrittenStick, writeStick } from "@govah/node"
import { carriedCells, type HeardFile, hearFeedFile } from "../carry/index.ts"
import { EnrolError } from "../enrol/index.ts"
import type { FieldHome } from "../home/index.ts"
import { BundleError } from "./bundle-error.ts"
import { folderDrawer } from "./folder-drawer.ts"

/** What was written for a carrier. */
export interface CarriedOut extends WrittenStick {
  readonly parcels: number
  /** Cells that were changed on this disk, and were left out. */
  readonly damaged: number
}

/**
 * Writes everything that waits into a folder, veiled; see `writeStick`. The parcels stay kept until the desk's receipt.
 *
 * @throws BundleError `nothing-waits`; OutboxError `damaged`. Faults of the disk pass through.
 */
export async function carryOut(home: FieldHome, folder: string): Promise<CarriedOut> {
  const carried = await carriedCells(home.outbox, null)
  if (carried.cells === 0) throw new BundleError("nothing-waits", "nothing waits to be carried")
  const written = await writeStick(folder, carried.read(), [], home.primitives)
  return { ...written, parcels: carried.parcels, damaged: carried.damaged() }
}

/** What a folder held for a unit. */
export interface CarriedIn {
  readonly heard: readonly (HeardFile & { readonly name: string })[]
  /** Files that were no feed file: cells that are meant for a relay or a desk, and everything else. */
  readonly left: number
  /** Names of files that could not be read. */
  readonly unreadable: readonly string[]
}

/**
 * Reads the desk's feed files from a folder that was carried here.
 *
 * @param homeFolder - the unit's own folder.
 * @throws EnrolError `not-enrolled`. A folder that cannot be read passes through.
 */
export async function carryIn(home: FieldHome, homeFolder: string, folder: string): Promise<CarriedIn> {
  const enrolment = await home.enrolment()
  if (enrolment === null) throw new EnrolError("not-enrolled", "this folder belongs to no desk yet")
  const ports = {
    drawer: await folderDrawer(homeFolder),
    outbox: home.outbox,
    primitives: nodePrimitives,
  }
  const heard: (HeardFile & { readonly name: string })[] = []
  const unreadable: string[] = []
  let left = 0
  for await (const file of readStick(folder, nodePrimitives)) {
    if (file.kind === "unreadable") unreadable.push(file.name)
    if (file.kind !== "feed") {
      left++
      continue
    }
    heard.push({ name: file.name, ...(await hearFeedFile(file.bytes, enrolment.card.key, ports)) })
  }
  return { heard, left, unreadable }
}
