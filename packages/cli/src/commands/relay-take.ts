import { takeFile } from "@govah/relay"
import type { Command } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const relayTake: Command = {
  positionals: ["FILE"],
  options: relayOptions,
  run: async (args, context) =>
    await withStore(args, context, async (store) => {
      const taken = await takeFile(store, args.positionals[0] as string)
      context.print(`${taken.stored} new pieces are durably stored; ${taken.known} were here before.`)
      if (taken.damaged > 0)
        context.print(
          `${taken.damaged} pieces were damaged on the way: ask for them again, nothing is doubled.`,
        )
      if (taken.cutBytes > 0)
        context.print("The file was cut short: its last piece is missing and can be resent.")
    }),
}
