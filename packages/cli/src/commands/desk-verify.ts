import { type Command, FoundWanting } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const deskVerify: Command = {
  positionals: [],
  options: deskOptions,
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const wrong = await desk.verify()
      for (const line of wrong) context.print(line)
      if (wrong.length > 0)
        throw new FoundWanting(`${wrong.length} things in the store are wrong, named above`)
      context.print("Every cell and every entry is as it was written.")
    }),
}
