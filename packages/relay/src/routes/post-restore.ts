import { concatBytes } from "@govah/core/bytes"
import { CELL_BYTES } from "@govah/core/cell"
import { elementCount, ELEMENT_BYTES } from "@govah/core/reconcile"
import { findAdmission } from "../admission/admission.ts"
import { MAX_POST_CELLS } from "../limits.ts"
import { storedSet } from "../sync/stored-set.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/** Hex digits of the longest prefix: with 16 a range holds one cell. */
const MAX_DIGITS = 16

/**
 * `POST /restore`: every cell whose id begins with the prefix that the body is, ascending, where there are at most 64. For
 * a desk that has lost cells; off unless the operator has opened it. One cell is never asked for: those that come with it
 * are always the same, so that asking twice tells no more than asking once.
 *
 * @throws RefusalError `not-found` where it is off and without a desk's capability, as if there were no such address;
 *   `unsupported-type`, `malformed`, `too-long` (also: more cells begin with it; a longer prefix is needed), `busy`.
 */
export async function postRestore(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  const admission = await findAdmission(room.store, incoming.headers.authorization)
  if (!room.restore || admission?.kind !== "desk") throw new RefusalError("not-found")
  if (incoming.headers["content-type"] !== "application/octet-stream")
    throw new RefusalError("unsupported-type")
  const limits = { maxBytes: MAX_DIGITS, withinMs: room.bodyMs, held: room.held }
  return await withBody(incoming, limits, async (body) => {
    const prefix = Buffer.from(body).toString("latin1")
    if (!/^[0-9a-f]*$/.test(prefix)) throw new RefusalError("malformed")
    const ids = await storedSet(room.store, "cells", 0).range(prefix)
    const count = elementCount(ids)
    if (count > MAX_POST_CELLS) throw new RefusalError("too-long")
    room.held.hold(count * CELL_BYTES)
    try {
      const cells = await room.store.read(
        Array.from({ length: count }, (_, i) => ids.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)),
      )
      const bundle = concatBytes(...cells.flatMap((cell) => (cell === null ? [] : [cell.body])))
      return new Response(new Uint8Array(bundle), { headers: { "Content-Type": "application/octet-stream" } })
    } finally {
      room.held.release(count * CELL_BYTES)
    }
  })
}
