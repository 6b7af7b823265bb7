import { readFile } from "node:fs/promises"
import { createFieldHome, enrol, findCard } from "@govah/field/node"
import { isShortInvitation, openInvitation } from "@govah/core/card"
import { type Arguments, type Command, UsageError } from "../command.ts"
import { fieldFolder, fieldOptions, today } from "../field-home.ts"
import { waysOf, waysOptions } from "../ways.ts"

export const fieldEnrol: Command = {
  positionals: ["INVITATION"],
  options: {
    ...fieldOptions,
    ...waysOptions,
    card: {
      kind: "value",
      takes: "PATH",
      help: "where the invitation is a short one: the desk's card, or a folder that somebody carried",
    },
    relay: { kind: "values", takes: "URL", help: "or a relay to ask for the card; may be repeated" },
  },
  run: async (args, context) => {
    const given = args.positionals[0] as string
    // An invitation is long: a file that holds it is as good as the text.
    const said = /(^|#)govah-/.test(given) ? given : await readFile(given, "utf8")
    const text = isShortInvitation(said) ? await joinCard(said, args) : said
    // Read before a folder is made: a wrong invitation leaves nothing behind.
    await openInvitation(text, today(context), context.primitives)
    const { card } = await enrol(await createFieldHome(fieldFolder(args)), text, today(context))
    context.print(`You can now send to "${card.name}". What you keep is sealed for it at once.`)
  },
}

async function joinCard(short: string, args: Arguments): Promise<string> {
  const card = args.value("card")
  const relays = args.values("relay")
  if (card === null && relays.length === 0) {
    throw new UsageError(
      "this invitation is a short one: give the desk's card, from anybody, with --card FILE, or a relay to ask for it with --relay URL",
    )
  }
  const wrong = relays.find((url) => !URL.canParse(url))
  if (wrong !== undefined)
    throw new UsageError("a relay's URL is not one: it looks like https://relay.example")
  return await findCard(short, { relays, paths: card === null ? [] : [card] }, waysOf(args))
}
