import { type CellId, parseCellId } from "@govah/core/cell"
import type { Context } from "hono"
import { HttpError } from "../http-error.ts"

/** The report that an address names. @throws HttpError `not-found` where that is no name of a report. */
export function rootParameter(c: Context): CellId {
  const root = parseCellId(c.req.param("root") ?? "")
  if (root === null) throw new HttpError("not-found", "there is no such report")
  return root
}
