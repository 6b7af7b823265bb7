import { concatBytes, toHex, utf8Bytes } from "@govah/core/bytes"
import { findAdmission } from "../admission/admission.ts"
import { PAGE_CELLS } from "../limits.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `GET /cells?after=<cursor>&limit=<n>`: a bundle of what is new since the cursor, for an admitted desk.
 *
 * `Govah-Cursor` is where to go on, `Govah-More` whether there is more now. With `If-None-Match`, a page that has not
 * changed is 304: asking again while nothing comes costs no page.
 *
 * @throws RefusalError `not-found` without a capability in force, as if there were no such page; `malformed`.
 */
export async function listCells(context: RouteContext, room: Room): Promise<Response> {
  const { incoming } = context.env
  const admission = await findAdmission(room.store, incoming.headers.authorization)
  if (admission === null) throw new RefusalError("not-found")
  const page = await room.store.page(
    context.req.query("after") ?? null,
    parseLimit(context.req.query("limit")),
  )
  if (page === null) throw new RefusalError("malformed")
  const names = page.cells.map((cell) => cell.id)
  const tag = await room.store.deps.primitives.sha256(concatBytes(...names, utf8Bytes(page.next)))
  const headers = {
    "Content-Type": "application/octet-stream",
    "Govah-Cursor": page.next,
    "Govah-More": page.more ? "yes" : "no",
    ETag: `"${toHex(tag)}"`,
  }
  if (incoming.headers["if-none-match"] === headers.ETag) return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(concatBytes(...page.cells.map((cell) => cell.body))), { headers })
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return PAGE_CELLS
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > PAGE_CELLS) throw new RefusalError("malformed")
  return limit
}
