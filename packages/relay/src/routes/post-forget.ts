import { MAX_POST_CELLS } from "../limits.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `POST /forget`: 1 to 64 tokens of 32 bytes. The cells that they were made for are forgotten, durably, when it is
 * answered; nobody is told whether there were any. The token is all the authority there is: no capability forgets.
 *
 * @throws RefusalError `unsupported-type`, `malformed` (not whole tokens, or none), `too-long`, `too-slow`, `busy`.
 */
export async function postForget(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  if (incoming.headers["content-type"] !== "application/octet-stream")
    throw new RefusalError("unsupported-type")
  const limits = { maxBytes: MAX_POST_CELLS * TOKEN_BYTES, withinMs: room.bodyMs, held: room.held }
  return await withBody(incoming, limits, async (body) => {
    if (body.length === 0 || body.length % TOKEN_BYTES !== 0) throw new RefusalError("malformed")
    const tokens = Array.from({ length: body.length / TOKEN_BYTES }, (_, i) =>
      body.slice(i * TOKEN_BYTES, (i + 1) * TOKEN_BYTES),
    )
    await room.store.forget(tokens)
    return new Response(null, { status: 204 })
  })
}

const TOKEN_BYTES = 32
