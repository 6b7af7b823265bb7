import { canonicalJsonBytes, type Json } from "@govah/core/bytes"
import { changeValue, DamagedValue, type LockedDrawer, readValue } from "../store/index.ts"

/** Most bytes of all unread answers together, as they are written: eight of the greatest length. */
const MAX_BYTES = 14_000

const FILE = "unread"

/** There is no room for another answer until some are read. The key that reads it is kept until then. */
export class UnreadFull extends Error {
  override readonly name = "UnreadFull"
}

/** Answers that came and that nobody has put away yet, the oldest first. */
export async function readUnread(drawer: LockedDrawer): Promise<readonly string[]> {
  try {
    return repliesIn(await readValue(drawer, FILE))
  } catch (error) {
    // Answers that have rotted must not hide the next ones.
    if (!(error instanceof DamagedValue)) throw error
    return []
  }
}

/**
 * Keeps an answer until it is put away; durable when it resolves, so that no crash comes between the key that is dropped and
 * the eyes that read. One of the same words that is still unread is the same one: a crash may bring it twice.
 *
 * @throws UnreadFull.
 */
export async function addUnread(drawer: LockedDrawer, words: string): Promise<void> {
  await changeValue(drawer, FILE, (json) => {
    const replies = repliesIn(json)
    if (replies.includes(words)) return undefined
    const value = { replies: [...replies, words], v: 1 }
    if (canonicalJsonBytes(value).length > MAX_BYTES)
      throw new UnreadFull("there are too many unread answers")
    return value
  })
}

/** Puts away the answers that were read, for good. What came meanwhile stays, also from another tab. */
export async function dropRead(drawer: LockedDrawer, read: readonly string[]): Promise<void> {
  // The file keeps two values: written once, the one before would stay.
  const others = (json: Json | null): Json => ({
    replies: repliesIn(json).filter((words) => !read.includes(words)),
    v: 1,
  })
  await changeValue(drawer, FILE, others, 2)
}

/** Makes the file, so that its being there says nothing of answers. */
export async function prepareUnread(drawer: LockedDrawer): Promise<void> {
  await changeValue(drawer, FILE, (json) => ({ replies: [...repliesIn(json)], v: 1 }))
}

function repliesIn(json: Json | null): readonly string[] {
  const replies = (json as { readonly replies?: readonly Json[] } | null)?.replies ?? []
  return replies.flatMap((one) => (typeof one === "string" ? [one] : []))
}
