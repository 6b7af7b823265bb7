import { canonicalJsonBytes, type Json } from "@govah/core/bytes"
import { DamagedValue, type LockedDrawer, readValue, writeValue } from "../store/index.ts"

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
    const json = (await readValue(drawer, FILE)) as { readonly replies?: readonly Json[] } | null
    return (json?.replies ?? []).flatMap((one) => (typeof one === "string" ? [one] : []))
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
  await inTurn(drawer, async () => {
    const replies = await readUnread(drawer)
    if (replies.includes(words)) return
    const value = { replies: [...replies, words], v: 1 }
    if (canonicalJsonBytes(value).length > MAX_BYTES)
      throw new UnreadFull("there are too many unread answers")
    await writeValue(drawer, FILE, value)
  })
}

/** Puts away the answers that were read, for good. What came meanwhile stays. */
export async function dropRead(drawer: LockedDrawer, read: readonly string[]): Promise<void> {
  await inTurn(drawer, async () => {
    const replies = (await readUnread(drawer)).filter((words) => !read.includes(words))
    // The file keeps two values: written once, the one before would stay.
    await writeValue(drawer, FILE, { replies, v: 1 })
    await writeValue(drawer, FILE, { replies, v: 1 })
  })
}

/** Makes the file, so that its being there says nothing of answers. */
export async function prepareUnread(drawer: LockedDrawer): Promise<void> {
  await inTurn(drawer, async () =>
    writeValue(drawer, FILE, { replies: [...(await readUnread(drawer))], v: 1 }),
  )
}

const lastByDrawer = new WeakMap<LockedDrawer, Promise<void>>()

/** One change after another: what comes while a person puts something away must not be lost with it. */
async function inTurn(drawer: LockedDrawer, work: () => Promise<void>): Promise<void> {
  const mine = (lastByDrawer.get(drawer) ?? Promise.resolve()).then(work)
  lastByDrawer.set(
    drawer,
    mine.catch(() => undefined),
  )
  await mine
}
