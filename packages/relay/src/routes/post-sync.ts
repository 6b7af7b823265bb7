import { ReconcileError } from "@govah/core/reconcile"
import { findAdmission } from "../admission/admission.ts"
import { answerSync } from "../sync/answer-sync.ts"
import { MAX_SYNC_ANSWER_BYTES, MAX_SYNC_BYTES, parseSyncRequest } from "../sync/sync-wire.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `POST /sync`: one question of another relay that was admitted as such, and the answer. In the reserved lane, and
 * without work: its operator vouches for it, and the store checks every byte that it gives.
 *
 * @throws RefusalError `not-found` without the capability of a relay, as if there were no such address;
 *   `unsupported-type`, `malformed`, `unknown-version`, `too-long`, `too-slow`, `busy`.
 */
export async function postSync(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  const admission = await findAdmission(room.store, incoming.headers.authorization)
  if (admission?.kind !== "mirror") throw new RefusalError("not-found")
  if (incoming.headers["content-type"] !== "application/octet-stream")
    throw new RefusalError("unsupported-type")
  const limits = { maxBytes: MAX_SYNC_BYTES, withinMs: room.bodyMs, held: room.held }
  return await withBody(incoming, limits, async (body) => {
    const request = parseSyncRequest(body)
    if (request === null) throw new RefusalError("malformed")
    // What it may answer is held, too: relays that ask must not fill the memory that posts need.
    room.held.hold(MAX_SYNC_ANSWER_BYTES)
    try {
      const answer = await answerSync(room.store, room.retentionDays, request)
      return new Response(new Uint8Array(answer), { headers: { "Content-Type": "application/octet-stream" } })
    } catch (error) {
      if (error instanceof ReconcileError)
        throw new RefusalError(CODES[error.code] ?? "malformed", { cause: error })
      throw error
    } finally {
      room.held.release(MAX_SYNC_ANSWER_BYTES)
    }
  })
}

const CODES: Readonly<Partial<Record<string, "unknown-version" | "too-long">>> = {
  "unknown-version": "unknown-version",
  "too-long": "too-long",
}
