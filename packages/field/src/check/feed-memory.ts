import { type Json, toHex } from "@govah/core/bytes"
import type { KnownFeed } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { type Drawer, readValue, withFile, writeValue } from "../store/index.ts"

/** What is remembered of a desk's feed between two checks. Nothing in it says whether anything was found. */
export interface FeedMemory {
  /** The newest head that was accepted. */
  readonly head: KnownFeed | null
  /** The day on which the desk made it, YYYY-MM-DD: "last heard from the desk". */
  readonly day: string | null
  /** The highest number that each relay has served. One that falls back behind its own word is lying. */
  readonly served: Readonly<Record<string, number>>
  /** The highest number whose bucket was read; 0 at first. */
  readonly read: number
  /** Receipt sets that were looked through, and the card that was taken: the first 16 digits of each hash. */
  readonly seen: readonly string[]
}

const FILE = "feed"
const NOTHING: FeedMemory = { head: null, day: null, served: {}, read: 0, seen: [] }

/** How the memory names a part. */
export const shortName = (sha256: string): string => sha256.slice(0, 16)

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

const headOf = (hash: string): string => `feed-${hash}`
const proofOf = (hash: string): string => `proof-${hash}`

/** Keeps the bytes of the accepted head, and drops those of the one before. */
export async function keepHead(
  drawer: Drawer,
  hash: string,
  bytes: Uint8Array,
  before: string | null,
): Promise<void> {
  await writeBytes(drawer, headOf(hash), bytes)
  if (before !== null && before !== hash) await drawer.remove(headOf(before))
}

/** The bytes of the accepted head, or null. */
export async function readHead(drawer: Drawer, { hash }: KnownFeed): Promise<Uint8Array | null> {
  return await readBytes(drawer, headOf(hash))
}

/**
 * Keeps two heads that cannot both be true, as proof: the accepted one and the refused one.
 *
 * @param accepted - the bytes of the head that was accepted, or null where they are gone.
 * @returns the names of the files in the drawer.
 */
export async function keepProof(
  drawer: Drawer,
  accepted: Uint8Array | null,
  refused: Uint8Array,
  primitives: Primitives,
): Promise<readonly string[]> {
  const names: string[] = []
  for (const bytes of accepted === null ? [refused] : [refused, accepted]) {
    const name = proofOf(toHex(await primitives.sha256(bytes)))
    await writeBytes(drawer, name, bytes)
    names.push(name)
  }
  return names
}

/** All of a small file, or null where there is none. */
export async function readBytes(drawer: Drawer, name: string): Promise<Uint8Array | null> {
  return await withFile(drawer, name, false, async (file) => file.read(0, await file.size()))
}

/** Writes a small file whole; a crash may leave it torn, so whoever reads it compares a hash. */
export async function writeBytes(drawer: Drawer, name: string, bytes: Uint8Array): Promise<void> {
  await withFile(drawer, name, true, async (file) => {
    await file.write(0, bytes)
    await file.truncate(bytes.length)
    await file.flush()
  })
}
