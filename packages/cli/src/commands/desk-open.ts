import { writeBlocks } from "@govah/node"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { findReport } from "../report-id.ts"

export const deskOpen: Command = {
  positionals: ["ID", "NUMBER"],
  options: {
    ...deskOptions,
    out: {
      kind: "value",
      takes: "FILE",
      help: "write there; it is readable from then on, and yours to erase",
    },
  },
  run: async (args, context) => {
    const number = Number(args.positionals[1])
    if (!Number.isInteger(number) || number < 0)
      throw new UsageError("NUMBER is that of an attachment, from 0")
    await withDesk(args, context, async (desk) => {
      const root = await findReport(desk, args.positionals[0] as string)
      const pieces = desk.attachment(root, number)
      const out = args.value("out")
      if (out === null) {
        for await (const piece of pieces) await context.write(piece)
        return
      }
      // The hash of an attachment is known to match only at its end: until then it has another name.
      await writeBlocks(out, pieces)
      context.print(`Written to ${out}. It is not sealed there.`)
    })
  },
}
