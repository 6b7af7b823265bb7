import { readFile } from "node:fs/promises"
import { parseTokenFile } from "@govah/core/token"
import { type Command, UsageError } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"

export const fieldTokens: Command = {
  positionals: ["FILE"],
  options: fieldOptions,
  run: async (args, context) => {
    const tokens = parseTokenFile(await readFile(args.positionals[0] as string))
    if (tokens === null)
      throw new UsageError("this file holds no tokens. Nothing was changed; ask the desk for another")
    const added = await (await existingHome(args, context)).takeTokens(tokens)
    context.print(
      `${added} tokens are kept; ${tokens.length - added} were here before. They are used when a relay is full.`,
    )
  },
}
