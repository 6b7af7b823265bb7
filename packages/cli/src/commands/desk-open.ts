import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { rename, rm } from "node:fs/promises"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { findReport } from "../report-id.ts"

export const deskOpen: Command = {
  words: ["desk", "open"],
  summary: "open one attachment, to standard output or to a file",
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
      await writeWhole(out, pieces)
      context.print(`Written to ${out}. It is not sealed there.`)
    })
  },
}

// The hash of an attachment is known to match only at its end: until then it has another name.
async function writeWhole(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const partial = `${file}.part`
  const stream = createWriteStream(partial, { flags: "wx", mode: 0o600 })
  try {
    for await (const piece of pieces) if (!stream.write(piece)) await once(stream, "drain")
    stream.end()
    await once(stream, "finish")
    await rename(partial, file)
  } catch (error) {
    stream.destroy()
    await rm(partial, { force: true })
    throw error
  }
}
