import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"
import { HttpError } from "../http-error.ts"
import { rootParameter } from "./root-parameter.ts"

/**
 * `GET /api/reports/:root/attachments/:index`: bytes as the witness sealed them, as a stream.
 *
 * Always as nameless bytes to be saved, never as what they claim to be: a browser that is brought to open this address
 * shows nothing and runs nothing. The page decides from the report what it decodes.
 */
export function getAttachment(desk: Desk): Handler {
  return async (c) => {
    const index = c.req.param("index") ?? ""
    if (!/^\d{1,4}$/.test(index)) throw new HttpError("not-found", "there is no such attachment")
    const pieces = desk.attachment(rootParameter(c), Number(index))
    // The first piece is waited for, so that a refusal is still an answer with a status of its own.
    const first = await pieces.next()
    async function* whole(): AsyncGenerator<Uint8Array, void, void> {
      // A piece is ours only until the next is pulled, and the socket may hold it longer.
      if (first.done !== true) yield first.value.slice()
      for await (const piece of pieces) yield piece.slice()
    }
    return c.body(ReadableStream.from(whole()) as ReadableStream, 200, {
      "content-type": "application/octet-stream",
      "content-disposition": "attachment",
    })
  }
}
