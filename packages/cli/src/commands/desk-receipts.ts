import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { sendFeed } from "../send-feed.ts"
import { waysOptions } from "../ways.ts"

export const deskReceipts: Command = {
  positionals: [],
  options: { ...deskOptions, ...waysOptions },
  run: async (args, context) => await withDesk(args, context, (desk) => sendFeed(desk, context)),
}
