import { writeBlocks } from "@govah/node"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { waysOptions } from "../ways.ts"

export const deskTokens: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    relay: { kind: "value", takes: "URL", help: "one of the desk's relays" },
    count: { kind: "value", takes: "N", help: "how many; each pays for 64 pieces at that relay, 1 MiB" },
    out: { kind: "value", takes: "FILE", help: "write there, and nowhere else; never over another file" },
    ...waysOptions,
  },
  run: async (args, context) => {
    const relay = args.required("relay")
    const count = Number(args.required("count"))
    if (!Number.isInteger(count)) throw new UsageError("--count is a whole number")
    const out = args.required("out")
    await withDesk(args, context, async (desk) => {
      const file = await desk.tokens(relay, count, context.signal)
      await writeBlocks(out, once(file))
      context.print(
        `${count} tokens are in ${out}. Give each unit a part of its own: govah field tokens FILE.`,
      )
      context.print(
        "Whoever has the file can use them, and each works once. Nothing in them names this desk.",
      )
    })
  },
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes
}
