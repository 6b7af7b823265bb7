import { concatBytes, fromBase64Url, utf8Bytes } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { SESSION_HOURS, SESSION_MARKS } from "../limits.ts"

/** 16 random bytes that a sender has chosen for one upload. */
export type UploadSession = Uint8Array

/**
 * Remembers, in memory alone and for a while, which cells were posted in which session, so that a sender whose line was
 * cut can ask what arrived, and nobody else can ask anything.
 *
 * What is kept of a cell is a hash over session and id: without the session nothing in memory tells which cells came
 * together, or which came at all. The oldest are dropped where there are too many; then the sender sends again.
 */
export interface UploadSessions {
  /** Remembers cells that are durable. @param ids - 32 bytes each. */
  note(session: UploadSession, ids: readonly Uint8Array[]): Promise<void>
  /** Which of these were posted in this very session. Looks up every id alike, whatever is known. */
  posted(session: UploadSession, ids: readonly Uint8Array[]): Promise<readonly boolean[]>
}

/**
 * @param monotoneMs - milliseconds that never go back.
 * @param most - marks that are kept at once.
 */
export function uploadSessions(
  primitives: Pick<Primitives, "sha256">,
  monotoneMs: () => number,
  most: number = SESSION_MARKS,
): UploadSessions {
  // Oldest first. Values: when it is to be forgotten.
  const forgetAtByMark = new Map<string, number>()

  async function markOf(session: UploadSession, id: Uint8Array): Promise<string> {
    const hash = await primitives.sha256(concatBytes(CONTEXT, session, id))
    return String.fromCharCode(...hash.subarray(0, MARK_BYTES))
  }
  function dropOld(now: number): void {
    for (const [mark, forgetAt] of forgetAtByMark) {
      if (forgetAt > now && forgetAtByMark.size <= most) return
      forgetAtByMark.delete(mark)
    }
  }

  return {
    async note(session, ids) {
      const marks = await Promise.all(ids.map((id) => markOf(session, id)))
      const now = monotoneMs()
      for (const mark of marks) {
        forgetAtByMark.delete(mark)
        forgetAtByMark.set(mark, now + SESSION_HOURS * 3_600_000)
      }
      dropOld(now)
    },
    async posted(session, ids) {
      const marks = await Promise.all(ids.map((id) => markOf(session, id)))
      dropOld(monotoneMs())
      return marks.map((mark) => forgetAtByMark.has(mark))
    },
  }
}

const CONTEXT = utf8Bytes("govah upload session v1")
const MARK_BYTES = 16

/**
 * The session that a header names, or null where it names none: then nothing is remembered, and nothing is known.
 *
 * @param received - the header as it came, attacker-controlled.
 */
export function parseSession(received: string | readonly string[] | undefined): UploadSession | null {
  const session = typeof received === "string" ? fromBase64Url(received) : null
  return session?.length === 16 ? session : null
}
