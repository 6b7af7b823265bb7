import { admit } from "@govah/relay"
import type { Command } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const relayAdmit: Command = {
  positionals: ["DESK-KEY"],
  options: relayOptions,
  run: async (args, context) =>
    await withStore(args, context, async (store) => {
      context.print(await admit(store, { deskKey: args.positionals[0] as string }))
    }),
}
