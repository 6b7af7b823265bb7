import { type Command, FoundWanting } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const relayFsck: Command = {
  positionals: [],
  options: relayOptions,
  run: async (args, context) =>
    await withStore(args, context, async (store) => {
      const { checked, damaged, structure } = await store.fsck()
      for (const line of [...damaged, ...structure]) context.print(line)
      if (structure.length > 0) {
        throw new FoundWanting(
          `the store contradicts itself in ${structure.length} ways, named above. Put a backup in its place`,
        )
      }
      if (damaged.length > 0) {
        throw new FoundWanting(
          `${damaged.length} of ${checked} cells are damaged, named above; a resend heals them`,
        )
      }
      context.print(`${checked} cells are as they were named.`)
    }),
}
