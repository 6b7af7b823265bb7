import type { Json } from "@govah/core/bytes"
import type { KnownFeed } from "@govah/core/feed"
import { type LockedDrawer, readBytes, readValue, writeBytes, writeValue } from "../store/index.ts"

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
  /** How many reports of a witness have arrived, by the desk's count; 0 for everybody else. */
  readonly counted: number
}

const FILE = "feed"
const NOTHING: FeedMemory = { head: null, day: null, served: {}, read: 0, seen: [], counted: 0 }

/** How the memory names a part. */
export const shortName = (sha256: string): string => sha256.slice(0, 16)

/** Reads the memory; empty at first. */
export async function readFeedMemory(drawer: LockedDrawer): Promise<FeedMemory> {
  const json = await readValue(drawer, FILE)
  return json === null ? NOTHING : (json as unknown as FeedMemory)
}

/** Replaces the memory, durably. */
export async function writeFeedMemory(drawer: LockedDrawer, memory: FeedMemory): Promise<void> {
  await writeValue(drawer, FILE, memory as unknown as Json)
}

const HEAD = "feed"

/** Keeps the bytes of a head that is about to be accepted, beside those of the one before. */
export async function keepHead(drawer: LockedDrawer, hash: string, bytes: Uint8Array): Promise<void> {
  await writeBytes(drawer, drawer.hiddenName(HEAD, hash), bytes)
}

/**
 * Drops every head but the one that the memory names. Only after the memory names it: a crash in between must not leave a
 * phone without the warnings of the head that it knows.
 */
export async function dropOtherHeads(drawer: LockedDrawer, hash: string): Promise<void> {
  const kept = drawer.hiddenName(HEAD, hash)
  for (const name of await drawer.names()) {
    if (name.startsWith(`${HEAD}-`) && name !== kept) await drawer.remove(name)
  }
}

/** The bytes of the accepted head, or null. */
export async function readHead(drawer: LockedDrawer, { hash }: KnownFeed): Promise<Uint8Array | null> {
  return await readBytes(drawer, drawer.hiddenName(HEAD, hash))
}
