import { fromBase64Url } from "@govah/core/bytes"
import { FeedError, type FeedFile, openFeedFile } from "@govah/core/feed"
import type { RelayStore } from "../store/port.ts"

/** What became of feed files that somebody carried. */
export interface TakenFeeds {
  /** Files that this relay now serves, or served before. */
  readonly kept: number
  /** Older ones than it has: they are not needed. */
  readonly older: number
  /** No feed file, of no desk that is admitted here, or not the next one after what is here. */
  readonly refused: number
}

/**
 * Puts carried feed files where those belong that a desk would have put itself, in the order of their numbers.
 *
 * @param files - attacker-controlled; the signature under an admitted desk's key is the authority.
 * @throws RelayError `full`.
 */
export async function takeFeeds(store: RelayStore, files: readonly Uint8Array[]): Promise<TakenFeeds> {
  const { primitives } = store.deps
  const opened: { readonly file: FeedFile; readonly bytes: Uint8Array }[] = []
  for (const bytes of files) {
    try {
      opened.push({ file: await openFeedFile(bytes, primitives), bytes })
    } catch (error) {
      if (!(error instanceof FeedError)) throw error
    }
  }
  opened.sort((a, b) => a.file.number - b.file.number)
  let kept = 0
  let older = 0
  for (const { file, bytes } of opened) {
    const deskKey = fromBase64Url(file.desk)
    if (deskKey === null || !(await store.admissions.isDesk(deskKey, store.today()))) continue
    const { number, previous } = file
    const hash = await primitives.sha256(bytes)
    const outcome = await store.feeds.put({ deskKey, number, previous, hash, bytes })
    if (outcome === "kept") kept++
    else if (outcome === "rollback" && number < ((await store.feeds.head(deskKey)) ?? 0)) older++
  }
  return { kept, older, refused: files.length - kept - older }
}
