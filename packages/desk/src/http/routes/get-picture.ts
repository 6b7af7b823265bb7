import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"
import { HttpError } from "../http-error.ts"

/** `GET /api/pictures/:sha256`: a copy made for the public. */
export function getPicture(desk: Desk): Handler {
  return (c) => {
    const sha256 = c.req.param("sha256") ?? ""
    const bytes = /^[0-9a-f]{64}$/.test(sha256) ? desk.picture(sha256) : null
    if (bytes === null) throw new HttpError("not-found", "there is no such picture")
    return c.body(new Uint8Array(bytes), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": "attachment",
    })
  }
}
