import { concatBytes, equalBytes } from "@govah/core/bytes"
import { BLINDED_BYTES } from "@govah/core/token"
import { findAdmission } from "../admission/admission.ts"
import { withBody } from "./body.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/** Most tokens that are signed at once: a tenth of a second of one core. */
const MAX_SIGNED = 64

/** Bytes of the key's name in front of a request for tokens. */
const KEY_ID_BYTES = 32

/** `GET /token-key`: the key that signs now, the same bytes for everybody. */
export async function getTokenKey(room: Room): Promise<Response> {
  const { bytes } = await room.tokenKeys.signing()
  const headers = { "Content-Type": "application/octet-stream", "Cache-Control": "public, max-age=60" }
  return new Response(new Uint8Array(bytes), { headers })
}

/**
 * `POST /tokens`: signs 1 to 64 blinded messages for an admitted desk. Body: SHA-256 of the key that it was shown, then
 * 256 bytes a message. Answer: as many signatures.
 *
 * @throws RefusalError `not-found` without a desk's capability, or beyond its quota; `malformed` for another key than the
 *   one that signs now, or what is no message.
 */
export async function postTokens(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  const admission = await findAdmission(room.store, incoming.headers.authorization)
  if (admission?.kind !== "desk") throw new RefusalError("not-found")
  const maxBytes = KEY_ID_BYTES + MAX_SIGNED * BLINDED_BYTES
  const limits = { maxBytes, withinMs: room.bodyMs, held: room.held }
  return await withBody(incoming, limits, async (body) => {
    const key = await room.tokenKeys.signing()
    const count = (body.length - KEY_ID_BYTES) / BLINDED_BYTES
    if (!Number.isInteger(count) || count < 1) throw new RefusalError("malformed")
    if (!equalBytes(body.subarray(0, KEY_ID_BYTES), key.id)) throw new RefusalError("malformed")
    if (!(await room.issued.add(admission.key, key, count))) throw new RefusalError("not-found")
    const signatures: Uint8Array[] = []
    for (let at = KEY_ID_BYTES; at < body.length; at += BLINDED_BYTES) {
      const signature = key.sign(body.subarray(at, at + BLINDED_BYTES))
      if (signature === null) throw new RefusalError("malformed")
      signatures.push(signature)
      // A millisecond each: others get their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const headers = { "Content-Type": "application/octet-stream" }
    return new Response(new Uint8Array(concatBytes(...signatures)), { headers })
  })
}
