import type { Desk } from "@govah/desk"
import { type Context, FoundWanting } from "./command.ts"

/** Makes the next number of the feed and gives it to every relay. @throws FoundWanting where one does not have it. */
export async function sendFeed(desk: Desk, context: Context): Promise<void> {
  const made = await desk.makeFeed()
  context.print(`Feed number ${made.number} holds ${made.receipts} receipts.`)
  const given = await desk.publishFeed(context.signal)
  for (const { relay, number, failed } of given) {
    context.print(failed === null ? `${relay} has number ${number}.` : `${relay}: ${failed.message}`)
  }
  if (given.some((delivery) => delivery.failed !== null)) {
    throw new FoundWanting(
      "not every relay has the feed. It is kept here; run this again later: govah desk receipts",
    )
  }
}
