import { type Json, toHex } from "@govah/core/bytes"
import type { FeedHead } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { type Drawer, readValue, withFile, writeValue } from "../store/index.ts"

/** What is remembered of a desk's feed between two checks. */
export interface FeedMemory {
  /** The newest file that was accepted. */
  readonly head: FeedHead | null
  /** The day on which the desk made it, YYYY-MM-DD: "last heard from the desk". */
  readonly day: string | null
  /** The highest number that each relay has served. One that falls back behind its own word is lying. */
  readonly served: Readonly<Record<string, number>>
}

const FILE = "feed"
const NOTHING: FeedMemory = { head: null, day: null, served: {} }

/** Reads the memory; empty at first. */
export async function readFeedMemory(drawer: Drawer, primitives: Primitives): Promise<FeedMemory> {
  const json = await readValue(drawer, FILE, primitives)
  return json === null ? NOTHING : (json as unknown as FeedMemory)
}

/** Replaces the memory, durably. */
export async function writeFeedMemory(
  drawer: Drawer,
  memory: FeedMemory,
  primitives: Primitives,
): Promise<void> {
  await writeValue(drawer, FILE, memory as unknown as Json, primitives)
}

const fileOf = (hash: string): string => `feed-${hash}`
const proofOf = (hash: string): string => `proof-${hash}`

/** Keeps the bytes of the accepted file, and drops those of the one before. */
export async function keepFeedBytes(
  drawer: Drawer,
  hash: string,
  bytes: Uint8Array,
  before: string | null,
): Promise<void> {
  await writeBytes(drawer, fileOf(hash), bytes)
  if (before !== null && before !== hash) await drawer.remove(fileOf(before))
}

/**
 * Keeps two feed files that cannot both be true, as proof: the accepted one and the refused one.
 *
 * @returns the names of the files in the drawer.
 */
export async function keepProof(
  drawer: Drawer,
  accepted: FeedHead | null,
  refused: Uint8Array,
  primitives: Primitives,
): Promise<readonly string[]> {
  const names = [proofOf(toHex(await primitives.sha256(refused)))]
  await writeBytes(drawer, names[0] as string, refused)
  const known =
    accepted === null
      ? null
      : await withFile(drawer, fileOf(accepted.hash), false, async (file) => file.read(0, await file.size()))
  if (accepted !== null && known !== null) {
    names.push(proofOf(accepted.hash))
    await writeBytes(drawer, proofOf(accepted.hash), known)
  }
  return names
}

async function writeBytes(drawer: Drawer, name: string, bytes: Uint8Array): Promise<void> {
  await withFile(drawer, name, true, async (file) => {
    await file.write(0, bytes)
    await file.truncate(bytes.length)
    await file.flush()
  })
}
