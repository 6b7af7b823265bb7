import { writeBlocks } from "@govah/node"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { findReport } from "../report-id.ts"

export const deskExport: Command = {
  positionals: ["ID", "NUMBER"],
  options: {
    ...deskOptions,
    age: {
      kind: "values",
      takes: "RECIPIENT",
      help: "for whom, as age1pq1…; may be repeated",
    },
    out: { kind: "value", takes: "FILE", help: "write there, and nowhere else; never over another file" },
    "interop-x25519": {
      kind: "flag",
      help: "allow age1… recipients, which a quantum computer could open one day",
    },
  },
  run: async (args, context) => {
    const number = Number(args.positionals[1])
    if (!Number.isInteger(number) || number < 0)
      throw new UsageError("NUMBER is that of an attachment, from 0")
    const recipients = args.values("age")
    if (recipients.length === 0) throw new UsageError("--age is missing: for whom is it? See --help")
    const out = args.required("out")
    const rules = { interopX25519: args.flag("interop-x25519") }
    await withDesk(args, context, async (desk) => {
      const root = await findReport(desk, args.positionals[0] as string)
      const bytes = await writeBlocks(out, desk.exportAge(root, number, { recipients, rules }))
      context.print(`Written to ${out}: ${bytes} bytes, sealed for ${recipients.length} recipient(s).`)
      context.print("The age program opens it: age -d -i KEY FILE. You cannot open it with this desk.")
    })
  },
}
