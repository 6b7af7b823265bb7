import type { Bulletin, CallWithMaterial } from "@govah/core/bulletin"
import { toHex } from "@govah/core/bytes"
import { type FeedHead, type ListedPart, openFeedHead, type Warning } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { type LockedDrawer, readBytes, writeBytes } from "../store/index.ts"
import { readFeedMemory, readHead } from "./feed-memory.ts"

/** What the desk says to everybody, as far as it was heard. Warnings are shown before all else. */
export interface SaidToAll {
  /** The day of the newest word from the desk, YYYY-MM-DD, or null where it was never heard. */
  readonly day: string | null
  readonly warnings: readonly Warning[]
  readonly bulletins: readonly Bulletin[]
  readonly calls: readonly CallWithMaterial[]
}

const SAID = "said"

/** The newest head that was accepted: null where there was none, undefined where it cannot be read any more. */
async function newestHead(
  drawer: LockedDrawer,
  primitives: Primitives,
): Promise<FeedHead | null | undefined> {
  const { head: known } = await readFeedMemory(drawer)
  if (known === null) return null
  const bytes = await readHead(drawer, known)
  return bytes === null ? undefined : await openFeedHead(bytes, primitives)
}

/**
 * The warnings that stand in the newest head that was accepted.
 *
 * @returns null where it cannot be read any more: what it warns of is then unknown.
 */
export async function readWarnings(
  drawer: LockedDrawer,
  primitives: Primitives,
): Promise<readonly Warning[] | null> {
  const head = await newestHead(drawer, primitives)
  return head === null ? [] : (head?.warnings ?? null)
}

/** What stands in the newest head that was accepted. What has not been fetched, or is no bulletin, is left out. */
export async function readSaid(drawer: LockedDrawer, primitives: Primitives): Promise<SaidToAll> {
  const { day } = await readFeedMemory(drawer)
  const head = await newestHead(drawer, primitives)
  const warnings = head?.warnings ?? []
  // Without a bulletin or call nothing is fetched that reads them: everybody waits for what stands here.
  if (!head || head.bulletins.length + head.calls.length === 0)
    return { day, warnings, bulletins: [], calls: [] }
  const { BulletinError, openBulletin, openCall } = await import("@govah/core/bulletin")
  const read = async <T>(parts: readonly ListedPart[], open: (part: Uint8Array) => T): Promise<T[]> => {
    const found: T[] = []
    for (const part of parts) {
      const stored = await readStored(drawer, part, primitives)
      try {
        if (stored !== null) found.push(open(stored))
      } catch (error) {
        // Of a kind that this program does not know, or nonsense under a good signature: no reason to hide the others.
        if (!(error instanceof BulletinError)) throw error
      }
    }
    return found
  }
  return {
    day,
    warnings,
    bulletins: await read(head.bulletins, openBulletin),
    calls: await read(head.calls, openCall),
  }
}

/** Whether a bulletin or call lies here whole. */
export async function isStored(
  drawer: LockedDrawer,
  part: ListedPart,
  primitives: Primitives,
): Promise<boolean> {
  return (await readStored(drawer, part, primitives)) !== null
}

/** Keeps a bulletin or call while it stands. */
export async function store(drawer: LockedDrawer, { sha256 }: ListedPart, bytes: Uint8Array): Promise<void> {
  await writeBytes(drawer, drawer.hiddenName(SAID, sha256), bytes)
}

/** Drops what stands no longer. */
export async function dropUnlisted(drawer: LockedDrawer, head: FeedHead): Promise<void> {
  const listed = new Set(
    [...head.bulletins, ...head.calls].map(({ sha256 }) => drawer.hiddenName(SAID, sha256)),
  )
  for (const name of await drawer.names()) {
    if (name.startsWith(`${SAID}-`) && !listed.has(name)) await drawer.remove(name)
  }
}

async function readStored(
  drawer: LockedDrawer,
  { sha256 }: ListedPart,
  primitives: Primitives,
): Promise<Uint8Array | null> {
  const bytes = await readBytes(drawer, drawer.hiddenName(SAID, sha256))
  return bytes !== null && toHex(await primitives.sha256(bytes)) === sha256 ? bytes : null
}
