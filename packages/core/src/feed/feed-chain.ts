import { toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { FeedError } from "./feed-error.ts"
import { type FeedFile, openFeedFile } from "./feed-file.ts"

/** What a reader remembers of a desk's feed. */
export interface FeedHead {
  readonly number: number
  /** SHA-256 of the newest file, hex. */
  readonly hash: string
}

/**
 * Accepts the next number that a reader is shown.
 *
 * The same file again is accepted (nothing changes). A gap is accepted: a phone may sleep for weeks.
 *
 * @param known - the newest file that this reader accepted before, or null at first.
 * @param desk - the desk's verify key, base64url: any other key is a `bad-signature`.
 * @throws FeedError everything that {@link openFeedFile} throws, and `rollback` (a lower number), `split` (another
 *   file of the same number, or one that does not follow). The caller keeps both files: they are proof.
 */
export async function acceptFeedFile(
  received: Uint8Array,
  desk: string,
  known: FeedHead | null,
  primitives: Primitives,
): Promise<{ readonly file: FeedFile; readonly head: FeedHead }> {
  const file = await openFeedFile(received, primitives)
  if (file.desk !== desk) throw new FeedError("bad-signature", "this feed belongs to another desk")
  const hash = toHex(await primitives.sha256(received))
  if (known !== null) {
    if (file.number < known.number) {
      throw new FeedError("rollback", `feed number ${file.number} is older than ${known.number}, seen before`)
    }
    if (file.number === known.number && hash !== known.hash) {
      throw new FeedError("split", `two different files carry feed number ${file.number}`)
    }
    if (file.number === known.number + 1 && file.previous !== known.hash) {
      throw new FeedError(
        "split",
        `feed number ${file.number} does not follow the number ${known.number} seen before`,
      )
    }
  }
  return { file, head: { number: file.number, hash } }
}
