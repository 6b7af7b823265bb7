import { WARNING_KINDS } from "@govah/core/feed"
import { isWarnedOf } from "@govah/field"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { dayFrom, saidOptions, standing, untilDay } from "../said-until.ts"
import { sendFeed } from "../send-feed.ts"
import { waysOptions } from "../ways.ts"

/** Days for which a warning stands unless the desk says otherwise. */
const WARNING_DAYS = 30

export const deskWarn: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    ...waysOptions,
    ...saidOptions,
    about: { kind: "value", takes: "KIND", help: `what is burnt: ${WARNING_KINDS.join(", ")}` },
    subject: {
      kind: "value",
      takes: "WORDS",
      help: "which one: a relay's address or a road (https, onion, lan), which phones then leave alone; or a name that units know",
    },
  },
  run: async (args, context) => {
    const end = args.value("end")
    const about = WARNING_KINDS.find((kind) => kind === args.value("about"))
    if (end === null && about === undefined)
      throw new UsageError(`--about is one of ${WARNING_KINDS.join(", ")}`)
    const words = end === null ? args.required("text") : ""
    const until = untilDay(args, context, WARNING_DAYS)
    await withDesk(args, context, async (desk) => {
      const { warningsById } = desk.state()
      if (end !== null) {
        await desk.act({ ...standing(warningsById, end, context), until: dayFrom(context, -1) })
        context.print(`${end} is ended.`)
      } else if (about !== undefined) {
        const id = `warning-${warningsById.size + 1}`
        const day = dayFrom(context, 0)
        await desk.act({ kind: "warning-set", id, about, day, subject: args.value("subject"), words, until })
        const warning = { kind: about, day, subject: args.value("subject"), words }
        const isAboutRelays = about === "relay" || about === "road"
        const all = desk.relays()
        const named = all.filter((relay) => isWarnedOf(relay, [warning]))
        if (isAboutRelays && named.length === 0) {
          context.print(
            "It names no relay of the card: phones show it and go on as before. To have one left alone, say its address with --subject; a road: https, onion or lan.",
          )
        } else if (isAboutRelays && named.length === all.length) {
          context.print(
            "It names every relay of the card: phones send and ask nothing any more, and hear of its end from a file alone. Add another relay first: govah desk relay.",
          )
        }
        context.print(`${id} stands until ${until}. Everybody who asks sees it before all else.`)
      }
      await sendFeed(desk, context)
    })
  },
}
