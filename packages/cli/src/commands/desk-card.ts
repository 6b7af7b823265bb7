import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const deskCard: Command = {
  words: ["desk", "card"],
  summary: "print the desk's signed public card",
  positionals: [],
  options: deskOptions,
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      context.print(await desk.card())
    }),
}
