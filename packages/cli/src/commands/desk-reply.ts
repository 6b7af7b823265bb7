import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { findReport } from "../report-id.ts"
import { sendFeed } from "../send-feed.ts"
import { waysOptions } from "../ways.ts"

export const deskReply: Command = {
  positionals: ["ID"],
  options: {
    ...deskOptions,
    ...waysOptions,
    text: { kind: "value", takes: "WORDS", help: "what you answer: some 490 letters of Persian at most" },
  },
  run: async (args, context) => {
    const words = args.required("text")
    await withDesk(args, context, async (desk) => {
      const number = await desk.reply(await findReport(desk, args.positionals[0] as string), words)
      context.print(
        `Reply ${number + 1} to this report is sealed. Only the place that sent it can read it, once.`,
      )
      await sendFeed(desk, context)
    })
  },
}
