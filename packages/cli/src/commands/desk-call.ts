import { readFile } from "node:fs/promises"
import { ACTION_KINDS } from "@govah/core/report"
import type { MaterialType } from "@govah/core/bulletin"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { dayFrom, dayOf, saidOptions, untilDay } from "../said-until.ts"
import { sendFeed } from "../send-feed.ts"
import { waysOptions } from "../ways.ts"

/** Days for which a call stands unless the desk says otherwise. */
const CALL_DAYS = 30

export const deskCall: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    ...waysOptions,
    text: saidOptions["text"] as NonNullable<(typeof saidOptions)["text"]>,
    until: saidOptions["until"] as NonNullable<(typeof saidOptions)["until"]>,
    campaign: {
      kind: "value",
      takes: "NAME",
      help: "the campaign that it belongs to; reports of it name it",
    },
    action: { kind: "value", takes: "KIND", help: `what is called for: ${ACTION_KINDS.join(", ")}` },
    title: { kind: "value", takes: "WORDS", help: "one line above it" },
    language: { kind: "value", takes: "CODE", help: "language of the words (default: fa)" },
    from: { kind: "value", takes: "DAY", help: "the first day (default: today)" },
    to: { kind: "value", takes: "DAY", help: "the last day" },
    place: { kind: "values", takes: "NAME", help: "a town; may be repeated (default: everywhere)" },
    material: {
      kind: "value",
      takes: "FILE",
      help: "to print or show: a PNG, JPEG or text, 64 KiB at most with the words",
    },
  },
  run: async (args, context) => {
    const action = ACTION_KINDS.find((kind) => kind === args.value("action"))
    if (action === undefined) {
      throw new UsageError(`--action is one of ${ACTION_KINDS.join(", ")}: nothing else can be called for`)
    }
    const said = {
      campaign: args.required("campaign"),
      title: args.required("title"),
      words: args.required("text"),
    }
    const from = args.value("from") === null ? dayFrom(context, 0) : dayOf(args, "from")
    const to = args.value("to") === null ? null : dayOf(args, "to")
    const until = to !== null && args.value("until") === null ? to : untilDay(args, context, CALL_DAYS)
    const file = args.value("material")
    const bytes = file === null ? null : new Uint8Array(await readFile(file))
    await withDesk(args, context, async (desk) => {
      const id = `call-${desk.state().callsById.size + 1}`
      const [language, places] = [args.value("language") ?? "fa", [...args.values("place")]]
      const call = { id, ...said, action, language, from, to, places, until }
      await desk.call(call, bytes === null ? null : { type: typeOf(bytes), bytes })
      context.print(`${id} stands until ${until}.`)
      await sendFeed(desk, context)
    })
  },
}

function typeOf(bytes: Uint8Array): MaterialType {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("hex")
  if (head === "89504e47") return "image/png"
  return head.startsWith("ffd8ff") ? "image/jpeg" : "text/plain"
}
