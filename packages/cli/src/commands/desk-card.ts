import { fromBase64Url } from "@govah/core/bytes"
import { keyWords } from "@govah/core/card"
import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { wordLines } from "../key-words.ts"

export const deskCard: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    words: { kind: "flag", help: "print the six words that people compare instead" },
  },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      if (!args.flag("words")) context.print(await desk.card())
      else
        for (const line of wordLines(keyWords("desk", fromBase64Url(desk.key) as Uint8Array)))
          context.print(line)
    }),
}
