import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"
import type { Jobs } from "../jobs.ts"

/** `POST /api/pull`: pulls from all relays, line by line; stops when the page hangs up. What came is kept. */
export function postPull(desk: Desk, jobs: Jobs): Handler {
  return () => jobs.run((report, signal) => desk.pull(report, signal))
}
