import { carryOut as carryOutOfHome } from "@govah/field/node"
import { writeStick } from "@govah/node"
import { cellsById, newestFeedFiles } from "@govah/relay"
import { type Command, FoundWanting, UsageError } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const carryOut: Command = {
  positionals: ["DIR"],
  options: {
    ...fieldOptions,
    store: {
      kind: "value",
      takes: "FILE",
      help: `everything that a relay keeps, instead of a unit's outbox (${relayOptions["store"]?.help})`,
    },
  },
  run: async (args, context) => {
    const folder = args.positionals[0] as string
    if (args.value("store") === null) {
      const out = await carryOutOfHome(await existingHome(args, context), folder)
      context.print(`${out.cells} pieces of ${out.parcels} reports are in ${named(out.names)}.`)
      if (out.damaged > 0)
        context.print(`${out.damaged} pieces were changed on this disk and could not be written.`)
      context.print("Whoever carries them cannot read them. They stay kept here until the desk's receipt.")
      return
    }
    if (args.value("home") !== null) throw new UsageError("--home or --store, not both")
    await withStore(args, context, async (store) => {
      const feeds = await newestFeedFiles(store)
      if ((await store.count()) === 0 && feeds.length === 0) {
        throw new FoundWanting("the relay keeps nothing that could be carried. Nothing was written")
      }
      const out = await writeStick(folder, cellsById(store), feeds, context.primitives)
      context.print(`${out.cells} pieces and ${out.feeds} feed files are in ${named(out.names)}.`)
      context.print("Whoever carries them cannot read them. The relay keeps its own.")
    })
  },
}

function named(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.length} files`
}
