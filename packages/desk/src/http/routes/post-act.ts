import type { Handler } from "hono"
import type { Desk, MemberAct } from "../../desk.ts"
import { readJsonBody } from "./json-body.ts"

// A story of 200 paragraphs in two languages, in UTF-8, with room.
const MAX_ACT_BYTES = 16 * 1024 * 1024

/** `POST /api/acts`: one act of the member. The desk checks its shape and what it names. */
export function postAct(desk: Desk): Handler {
  return async (c) => {
    await desk.act((await readJsonBody(c, MAX_ACT_BYTES)) as MemberAct)
    return c.json({ ok: true })
  }
}
