import type { PullSummary } from "@govah/desk"
import { type Command, type Context, FoundWanting } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { waysOptions } from "../ways.ts"

export const deskPull: Command = {
  positionals: [],
  options: { ...deskOptions, ...waysOptions },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      printSummary(await desk.pull(undefined, context.signal), context)
    }),
}

export const deskTake: Command = {
  positionals: ["FILE"],
  options: deskOptions,
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      printSummary(await desk.take(args.positionals[0] as string), context)
    }),
}

function printSummary(summary: PullSummary, context: Context): void {
  const cells = summary.sources.reduce((sum, source) => sum + source.newCells, 0)
  context.print(
    `${cells} new pieces: ${summary.received.length} new reports, ${summary.completed.length} now whole, ` +
      `${summary.waiting} waiting for pieces.`,
  )
  if (summary.unreadable.length > 0) {
    context.print(`${summary.unreadable.length} cannot be read: kept as they came, see "govah desk list".`)
  }
  if (summary.atDoor > 0) {
    context.print(
      `${summary.atDoor} reports of strangers wait: enough came in today. Some come in with each pull of the next days.`,
    )
  }
  for (const source of summary.sources) {
    if (source.damaged > 0)
      context.print(`${source.damaged} pieces of ${source.from} were damaged: ask for them again.`)
    if (source.more)
      context.print(`${source.from} has more than one pull takes: pull again if you trust it with your disk.`)
    if (source.cutBytes > 0)
      context.print(`${source.from} was cut short: ask for it again, nothing is doubled.`)
  }
  const failed = summary.sources.filter((source) => source.failed !== null)
  for (const source of failed) context.print(`${source.from}: ${source.failed?.message}`)
  if (failed.length > 0 && failed.length === summary.sources.length) {
    throw new FoundWanting("no relay gave anything. What the desk holds is safe; pull again later")
  }
}
