import { FeedError, type FeedFile, MAX_FEED_BYTES, openFeedFile } from "@govah/core/feed"
import { parseDeskKey } from "../admission/admission.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `PUT /feed/<desk key>/<number>`: the next file of an admitted desk's feed. Putting the same bytes again is harmless.
 * The signature under the desk's key is all the authority it needs.
 *
 * @throws RefusalError `not-found` for a desk that is not admitted; `malformed` (not a feed file, or not this desk's or
 *   this number), `bad-signature`, `unknown-version`, `too-long`, `split`, `rollback`, `gap`.
 */
export async function putFeed(context: RouteContext, room: Room): Promise<Response> {
  const { deskKey, number } = parsePath(context)
  if (!(await room.store.admissions.isDesk(deskKey, room.store.today()))) throw new RefusalError("not-found")
  const limits = { maxBytes: MAX_FEED_BYTES, withinMs: room.bodyMs, held: room.held }
  return await withBody(context.env.incoming, limits, async (bytes) => {
    const file = await openReceived(bytes, room)
    if (file.desk !== context.req.param("desk") || file.number !== number) throw new RefusalError("malformed")
    const hash = await room.store.deps.primitives.sha256(bytes)
    const outcome = await room.store.feeds.put({ deskKey, number, previous: file.previous, hash, bytes })
    if (outcome !== "kept") throw new RefusalError(outcome)
    return new Response(null, { status: 204 })
  })
}

/** `GET /feed/<desk key>/head`: the newest number, as JSON padded with spaces to 32 bytes. */
export async function getFeedHead(context: RouteContext, room: Room): Promise<Response> {
  const head = await room.store.feeds.head(parsePath(context).deskKey)
  if (head === null) throw new RefusalError("not-found")
  const headers = { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" }
  return new Response(JSON.stringify({ number: head }).padEnd(HEAD_BYTES), { headers })
}

/** `GET /feed/<desk key>/<number>`: one file, the same for everybody, for ever. */
export async function getFeed(context: RouteContext, room: Room): Promise<Response> {
  const { deskKey, number } = parsePath(context)
  const file = await room.store.feeds.read(deskKey, number)
  if (file === null) throw new RefusalError("not-found")
  const headers = {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "public, max-age=31536000, immutable",
  }
  return new Response(new Uint8Array(file), { headers })
}

const HEAD_BYTES = 32

function parsePath(context: RouteContext): { deskKey: Uint8Array; number: number } {
  const deskKey = parseDeskKey(context.req.param("desk") ?? "")
  const number = context.req.param("number") ?? "1"
  if (deskKey === null || !/^[1-9]\d{0,14}$/.test(number)) throw new RefusalError("not-found")
  return { deskKey, number: Number(number) }
}

async function openReceived(bytes: Uint8Array, room: Room): Promise<FeedFile> {
  try {
    return await openFeedFile(bytes, room.store.deps.primitives)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    throw new RefusalError(error.code, { cause: error })
  }
}
