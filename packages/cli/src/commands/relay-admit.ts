import { admit } from "@govah/relay"
import type { Command } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const relayAdmit: Command = {
  positionals: ["DESK-KEY"],
  options: {
    ...relayOptions,
    relay: {
      kind: "flag",
      help: "another relay instead of a desk: instead of its key, any name for it; it may sync",
    },
  },
  run: async (args, context) =>
    await withStore(args, context, async (store) => {
      const deskKey = args.positionals[0] as string
      context.print(await admit(store, { deskKey, kind: args.flag("relay") ? "mirror" : "desk" }))
    }),
}
