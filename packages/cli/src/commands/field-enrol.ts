import { readFile } from "node:fs/promises"
import { createFieldHome, enrol } from "@govah/field/node"
import { isShortInvitation, joinShortInvitation, openInvitation } from "@govah/core/card"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { fieldFolder, fieldOptions, today } from "../field-home.ts"

export const fieldEnrol: Command = {
  positionals: ["INVITATION"],
  options: {
    ...fieldOptions,
    card: { kind: "value", takes: "FILE", help: "the desk's card, where the invitation is a short one" },
  },
  run: async (args, context) => {
    const given = args.positionals[0] as string
    // An invitation is long: a file that holds it is as good as the text.
    const said = /(^|#)govah-/.test(given) ? given : await readFile(given, "utf8")
    const text = isShortInvitation(said) ? await joinCard(said, args, context) : said
    // Read before a folder is made: a wrong invitation leaves nothing behind.
    await openInvitation(text, today(context), context.primitives)
    const { card } = await enrol(await createFieldHome(fieldFolder(args)), text, today(context))
    context.print(`You can now send to "${card.name}". What you keep is sealed for it at once.`)
  },
}

async function joinCard(short: string, args: Arguments, context: Context): Promise<string> {
  const file = args.value("card")
  if (file === null) {
    throw new UsageError(
      "this invitation is a short one: give the desk's card, from anybody, with --card FILE",
    )
  }
  return await joinShortInvitation(short, await readFile(file, "utf8"), context.primitives)
}
