import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"

/** `GET /api/publications/:id/checklist` */
export function getChecklist(desk: Desk): Handler {
  return async (c) => c.json(await desk.checklist(c.req.param("id") ?? ""))
}
