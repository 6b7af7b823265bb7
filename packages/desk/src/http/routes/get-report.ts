import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"
import { rootParameter } from "./root-parameter.ts"

/** `GET /api/reports/:root` */
export function getReport(desk: Desk): Handler {
  return async (c) => c.json(await desk.show(rootParameter(c)))
}
