import { MAX_POST_CELLS } from "../limits.ts"
import { parseSession } from "../session/upload-sessions.ts"
import { encodeAnswer } from "./answer.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

const ID_BYTES = 32

/**
 * `POST /have`: which of 1 to 64 ids were posted in the session that the header names, and are durable. The answer is
 * that of a post (`answer.ts`), and as long for everybody: of cells of other sessions, and of no session, it says no.
 *
 * @throws RefusalError `unsupported-type`, `malformed`, `too-long`, `too-slow`, `busy`.
 */
export async function postHave(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  if (incoming.headers["content-type"] !== "application/octet-stream")
    throw new RefusalError("unsupported-type")
  // A session that nobody has: no session takes the same way, and as long.
  const session = parseSession(incoming.headers["govah-session"]) ?? room.store.deps.primitives.random(16)
  const limits = { maxBytes: MAX_POST_CELLS * ID_BYTES, withinMs: room.bodyMs, held: room.held }
  return await withBody(incoming, limits, async (body) => {
    if (body.length === 0 || body.length % ID_BYTES !== 0) throw new RefusalError("malformed")
    const ids = Array.from({ length: body.length / ID_BYTES }, (_, i) =>
      body.subarray(i * ID_BYTES, (i + 1) * ID_BYTES),
    )
    const posted = await room.sessions.posted(session, ids)
    const answer = await encodeAnswer(posted, ids, room.store.deps.primitives)
    return new Response(new Uint8Array(answer), { headers: { "Content-Type": "application/octet-stream" } })
  })
}
