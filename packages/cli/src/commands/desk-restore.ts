import { type Command, FoundWanting } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { waysOptions } from "../ways.ts"

export const deskRestore: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    relay: {
      kind: "value",
      takes: "URL",
      help: "one of the desk's relays, whose operator has opened it for this",
    },
    ...waysOptions,
  },
  run: async (args, context) => {
    const relay = args.required("relay")
    await withDesk(args, context, async (desk) => {
      const { wanted, found, fetched, completed } = await desk.restore(relay, context.signal)
      if (wanted === 0) {
        context.print("No report that is known here lacks a piece. Nothing was asked.")
        return
      }
      context.print(
        `${found} of ${wanted} lost pieces came back, among ${fetched}; ${completed.length} reports are whole again.`,
      )
      if (found < wanted) {
        throw new FoundWanting(
          `${wanted - found} pieces are not at that relay. Nothing was changed; try another`,
        )
      }
    })
  },
}
