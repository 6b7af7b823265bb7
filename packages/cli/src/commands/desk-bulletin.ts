import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { dayFrom, saidOptions, standing, untilDay } from "../said-until.ts"
import { sendFeed } from "../send-feed.ts"
import { waysOptions } from "../ways.ts"

/** Days for which a bulletin stands unless the desk says otherwise. */
const BULLETIN_DAYS = 14

export const deskBulletin: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    ...waysOptions,
    ...saidOptions,
    title: { kind: "value", takes: "WORDS", help: "one line above it" },
    language: { kind: "value", takes: "CODE", help: "language of the words (default: fa)" },
  },
  run: async (args, context) => {
    const end = args.value("end")
    const [title, words] = end === null ? [args.required("title"), args.required("text")] : ["", ""]
    const until = untilDay(args, context, BULLETIN_DAYS)
    await withDesk(args, context, async (desk) => {
      const { bulletinsById } = desk.state()
      if (end === null) {
        const id = `bulletin-${bulletinsById.size + 1}`
        const [day, language] = [dayFrom(context, 0), args.value("language") ?? "fa"]
        await desk.act({ kind: "bulletin-set", id, day, language, title, words, until })
        context.print(`${id} stands until ${until}.`)
      } else {
        await desk.act({ ...standing(bulletinsById, end, context), until: dayFrom(context, -1) })
        context.print(`${end} is ended. Who read it before has read it.`)
      }
      await sendFeed(desk, context)
    })
  },
}
