import { splitBundle } from "@govah/core/cell"
import { MAX_POST_BYTES } from "../limits.ts"
import { nameCells } from "../ingest/name-cells.ts"
import { parseSession } from "../session/upload-sessions.ts"
import type { NamedCell } from "../store/port.ts"
import { encodeAnswer } from "./answer.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import { readPayment } from "./payment.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `POST /cells`: a bundle of 1 to 64 cells, durable when it is answered (`answer.ts`). Of a bundle that was cut on its
 * way the whole cells are kept, although nobody can be told: that line may have been the sender's last.
 *
 * @throws RefusalError `unsupported-type`, `work-needed`, `token-refused`, `too-long`, `too-slow`, `busy`, `malformed` (not one whole cell).
 */
export async function postCells(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  // A form or a wrapped upload would store its wrapping as cells, and the sender would never see it.
  if (incoming.headers["content-type"] !== "application/octet-stream")
    throw new RefusalError("unsupported-type")
  const payment = await readPayment(incoming, room)
  const { primitives } = room.store.deps
  const session = parseSession(incoming.headers["govah-session"])
  const keep = async (body: Uint8Array): Promise<readonly NamedCell[]> => {
    const named = await nameCells(splitBundle(body).cells, primitives)
    if (named.length > 0) await payment.put(named)
    if (session !== null) {
      await room.sessions.note(
        session,
        named.map(({ id }) => id),
      )
    }
    return named
  }
  const limits = {
    maxBytes: MAX_POST_BYTES,
    withinMs: room.bodyMs,
    held: room.held,
    salvage: async (part: Uint8Array) => void (await keep(part)),
  }
  return await withBody(incoming, limits, async (body) => {
    const named = await keep(body)
    if (named.length === 0) throw new RefusalError("malformed")
    const ids = named.map((cell) => cell.id)
    const durable = ids.map(() => true)
    const answer = await encodeAnswer(durable, ids, primitives)
    return new Response(new Uint8Array(answer), { headers: { "Content-Type": "application/octet-stream" } })
  })
}
