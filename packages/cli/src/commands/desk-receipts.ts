import { type Command, FoundWanting } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { waysOptions } from "../ways.ts"

export const deskReceipts: Command = {
  positionals: [],
  options: { ...deskOptions, ...waysOptions },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const made = await desk.makeReceipts()
      context.print(`Feed number ${made.number} holds ${made.receipts} receipts.`)
      const given = await desk.publishFeed(context.signal)
      for (const { relay, number, failed } of given) {
        context.print(failed === null ? `${relay} has number ${number}.` : `${relay}: ${failed.message}`)
      }
      if (given.some((delivery) => delivery.failed !== null)) {
        throw new FoundWanting("not every relay has the feed. It is kept here; run this again later")
      }
    }),
}
