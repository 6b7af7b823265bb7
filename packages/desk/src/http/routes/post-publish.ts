import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"

/** `POST /api/publications/:id/publish` */
export function postPublish(desk: Desk): Handler {
  return async (c) => c.json(await desk.publish(c.req.param("id") ?? ""))
}
