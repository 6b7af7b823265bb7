import { nodePrimitives, readStick, type WrittenStick, writeStick } from "@govah/node"
import { FeedError, readWholeFeed } from "@govah/core/feed"
import { carriedCells, type HeardFile } from "../carry/index.ts"
import { EnrolError } from "../enrol/index.ts"
import type { FieldHome } from "../home/index.ts"
import { BundleError } from "./bundle-error.ts"

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
 * Reads the desk's feed from a folder that was carried here, the oldest number first: each holds its own replies.
 *
 * @param onReply - shown each reply, once.
 * @throws EnrolError `not-enrolled`. A folder that cannot be read passes through.
 */
export async function carryIn(
  home: FieldHome,
  folder: string,
  onReply: (words: string) => void | Promise<void>,
): Promise<CarriedIn> {
  const enrolment = await home.enrolment()
  if (enrolment === null) throw new EnrolError("not-enrolled", "this folder belongs to no desk yet")
  const found: { readonly name: string; readonly bytes: Uint8Array; readonly number: number }[] = []
  const heard: (HeardFile & { readonly name: string })[] = []
  const unreadable: string[] = []
  let left = 0
  for await (const file of readStick(folder, nodePrimitives)) {
    if (file.kind === "unreadable") unreadable.push(file.name)
    if (file.kind !== "feed") {
      left++
      continue
    }
    found.push({ name: file.name, bytes: file.bytes, number: await numberOf(file.bytes) })
  }
  found.sort((a, b) => a.number - b.number)
  for (const { name, bytes } of found) heard.push({ name, ...(await home.hear(bytes, onReply)) })
  return { heard, left, unreadable }
}

/** The number of a feed's head, or 0 for what is none: hearing it says why. */
async function numberOf(received: Uint8Array): Promise<number> {
  try {
    for await (const piece of readWholeFeed([received], nodePrimitives)) {
      if (piece.kind === "head") return piece.head.number
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
  }
  return 0
}
