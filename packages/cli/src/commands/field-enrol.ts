import { readFile } from "node:fs/promises"
import { enrol, findCard, folderLockOf } from "@govah/field/node"
import { isShortInvitation, openInvitation } from "@govah/core/card"
import { type Arguments, type Command, UsageError } from "../command.ts"
import { fieldFolder, fieldOptions, openFolder, today } from "../field-home.ts"
import { newUnitPassphrase } from "../unit-passphrase.ts"
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
    lock: {
      kind: "flag",
      help: "lock the folder with a new passphrase: shown once, or written to --passphrase-file, a new file",
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
    const folder = fieldFolder(args)
    const lock = await folderLockOf(folder)
    if (args.flag("lock")) {
      if ((await lock.form()) !== "none")
        throw new UsageError(`${folder} is there already. Lock it with: govah field lock --home ${folder}`)
      await lock.create(await newUnitPassphrase(args.value("passphrase-file"), context))
    }
    const { card } = await enrol(await openFolder(folder, args, context), text, today(context))
    context.print(`You can now send to "${card.name}". What you keep is sealed for it at once.`)
    if ((await lock.form()) === "open") {
      context.print(
        "This folder has no passphrase: whoever gets this disk can read what the unit belongs to and hears. Lock it with: govah field lock",
      )
    }
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
