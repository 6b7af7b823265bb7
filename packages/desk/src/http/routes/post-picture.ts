import { parseCellId } from "@govah/core/cell"
import type { Handler } from "hono"
import * as v from "valibot"
import type { Desk } from "../../desk.ts"
import { HttpError } from "../http-error.ts"
import { readJsonBody } from "./json-body.ts"

// A still of a 4K video as JPEG, in base64, with room.
const MAX_PICTURE_BYTES = 48 * 1024 * 1024

const Body = v.strictObject({
  root: v.string(),
  attachment: v.pipe(v.number(), v.integer(), v.minValue(0)),
  source: v.picklist(["photo", "still"]),
  subject: v.string(),
  caption: v.strictObject({ fa: v.string(), en: v.string() }),
  reviewed: v.boolean(),
  jpegBase64: v.nullable(v.pipe(v.string(), v.base64())),
})

/** `POST /api/pictures`: makes a copy for the public, from the attachment itself or from a JPEG made in the page. */
export function postPicture(desk: Desk): Handler {
  return async (c) => {
    const parsed = v.safeParse(Body, await readJsonBody(c, MAX_PICTURE_BYTES))
    if (!parsed.success)
      throw new HttpError("bad-request", `not a picture request: ${v.getDotPath(parsed.issues[0])}`)
    const { root, jpegBase64, ...request } = parsed.output
    const rootId = parseCellId(root)
    if (rootId === null) throw new HttpError("not-found", "there is no such report")
    const jpeg = jpegBase64 === null ? {} : { jpeg: new Uint8Array(Buffer.from(jpegBase64, "base64")) }
    return c.json(await desk.makePicture({ ...request, ...jpeg, root: rootId }))
  }
}
