import type { Command } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const relayBackup: Command = {
  positionals: ["FILE"],
  options: relayOptions,
  run: async (args, context) =>
    await withStore(args, context, async (store) => {
      const file = args.positionals[0] as string
      await store.backup(file)
      context.print(
        `A copy of the store is in ${file} and ${file}-cells. Keep both as you keep the store: encrypted, and not for long.`,
      )
    }),
}
