import type { Context } from "hono"
import { HttpError } from "../http-error.ts"

/**
 * Reads a JSON body of at most `maxBytes`.
 *
 * Only `application/json` is taken: a form on another page cannot send that without asking first.
 *
 * @throws HttpError `bad-request`, `too-long`.
 */
export async function readJsonBody(c: Context, maxBytes: number): Promise<unknown> {
  if (c.req.header("content-type")?.split(";")[0]?.trim() !== "application/json")
    throw new HttpError("bad-request", "the body must be JSON")
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of c.req.raw.body ?? []) {
    bytes += piece.length
    if (bytes > maxBytes) throw new HttpError("too-long", `a body holds at most ${maxBytes} bytes`)
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"))
  } catch (cause) {
    throw new HttpError("bad-request", "the body is not JSON", { cause })
  }
}
