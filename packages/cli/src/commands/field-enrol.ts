import { readFile } from "node:fs/promises"
import { createFieldHome, enrol } from "@govah/field/node"
import { openInvitation } from "@govah/core/card"
import type { Command } from "../command.ts"
import { fieldFolder, fieldOptions, today } from "../field-home.ts"

export const fieldEnrol: Command = {
  words: ["field", "enrol"],
  summary: "become a unit of a desk, with its invitation; needs no network",
  positionals: ["INVITATION"],
  options: fieldOptions,
  run: async (args, context) => {
    const given = args.positionals[0] as string
    // An invitation is long: a file that holds it is as good as the text.
    const text = /(^|#)govah-/.test(given) ? given : await readFile(given, "utf8")
    // Read before a folder is made: a wrong invitation leaves nothing behind.
    await openInvitation(text, today(context), context.primitives)
    const { card } = await enrol(await createFieldHome(fieldFolder(args)), text, today(context))
    context.print(`You can now send to "${card.name}". What you keep is sealed for it at once.`)
  },
}
