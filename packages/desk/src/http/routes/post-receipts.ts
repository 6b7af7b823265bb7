import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"

/** `POST /api/receipts`: makes the next number of the feed and gives it to the relays. */
export function postReceipts(desk: Desk): Handler {
  return async (c) => {
    const { number, receipts } = await desk.makeFeed()
    return c.json({ number, receipts, relays: await desk.publishFeed(c.req.raw.signal) })
  }
}
