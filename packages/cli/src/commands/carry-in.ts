import { DeskError } from "@govah/desk"
import { carryIn as carryIntoHome } from "@govah/field/node"
import { readStick, type StickFile } from "@govah/node"
import { takeFeeds, takeFile } from "@govah/relay"
import { type Arguments, type Command, type Context, FoundWanting, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { existingHome, fieldOptions } from "../field-home.ts"
import { sayBulletins, sayReply, sayWarnings } from "../say-feed.ts"
import { relayOptions, withStore } from "../relay-store.ts"

export const carryIn: Command = {
  positionals: ["DIR"],
  options: { ...relayOptions, ...deskOptions, ...fieldOptions },
  run: async (args, context) => {
    const folder = args.positionals[0] as string
    const into = (["store", "desk", "home"] as const).filter((name) => args.value(name) !== null)
    if (into.length !== 1) {
      throw new UsageError(
        "say where it goes: one of --store FILE (a relay), --desk DIR, --home DIR (a unit)",
      )
    }
    if (into[0] === "store") await intoRelay(folder, args, context)
    else if (into[0] === "desk") await intoDesk(folder, args, context)
    else await intoHome(folder, args, context)
  },
}

async function intoRelay(folder: string, args: Arguments, context: Context): Promise<void> {
  // Sorted before a store is opened: opening would make one, also where the folder is a mistake.
  const files = await Array.fromAsync(sorted(folder, context))
  await withStore(args, context, async (store) => {
    const sum = { stored: 0, known: 0, damaged: 0, cut: 0 }
    const unreadable: string[] = []
    for (const file of files) {
      if (file.kind !== "cells") continue
      const taken = await takeFile(store, file.path).catch(unlessUnreadable(unreadable, file.name))
      if (taken === null) continue
      sum.stored += taken.stored
      sum.known += taken.known
      sum.damaged += taken.damaged
      if (taken.cutBytes > 0) sum.cut++
    }
    const feeds = await takeFeeds(
      store,
      files.flatMap((file) => (file.kind === "feed" ? [file.bytes] : [])),
    )
    context.print(`${sum.stored} new pieces are durably stored; ${sum.known} were here before.`)
    if (feeds.kept > 0) context.print(`${feeds.kept} feed files of desks are served from now on.`)
    if (feeds.refused > 0) context.print(`${feeds.refused} feed files do not fit here and were left.`)
    tellLosses(sum, context)
    tellLeft(files, [...unreadable], context)
  })
}

async function intoDesk(folder: string, args: Arguments, context: Context): Promise<void> {
  await withDesk(args, context, async (desk) => {
    const files = await Array.fromAsync(sorted(folder, context))
    const sum = { newCells: 0, received: 0, completed: 0, waiting: 0, damaged: 0, cut: 0 }
    const unreadable: string[] = []
    for (const file of files) {
      if (file.kind !== "cells") continue
      const summary = await desk.take(file.path).catch(unlessUnreadable(unreadable, file.name))
      if (summary === null) continue
      for (const source of summary.sources) {
        sum.newCells += source.newCells
        sum.damaged += source.damaged
        if (source.cutBytes > 0) sum.cut++
      }
      sum.received += summary.received.length
      sum.completed += summary.completed.length
      sum.waiting = summary.waiting
    }
    context.print(
      `${sum.newCells} new pieces: ${sum.received} new reports, ${sum.completed} now whole, ${sum.waiting} waiting for pieces.`,
    )
    tellLosses(sum, context)
    tellLeft(files, unreadable, context)
  })
}

async function intoHome(folder: string, args: Arguments, context: Context): Promise<void> {
  const home = await existingHome(args, context)
  const { heard, left, unreadable } = await carryIntoHome(home, folder, (words) => sayReply(words, context))
  const said = await home.said()
  sayWarnings(said, context)
  const arrived = heard.reduce((sum, file) => sum + file.arrived.length, 0)
  const count = heard.filter(({ state }) => state === "heard").length
  context.print(
    `${count} feed files of the desk were heard; ${arrived} reports have arrived and are erased here.`,
  )
  const older = heard.filter(({ state }) => state === "behind").length
  if (older > 0) context.print(`${older} were older than what is known.`)
  sayBulletins(said, context)
  if (left > 0) context.print(`${left} other files were left alone.`)
  if (unreadable.length > 0) context.print(`These cannot be read: ${unreadable.join(", ")}.`)
  const refused = heard.filter(({ state }) => state === "refused")
  if (refused.length > 0) {
    throw new FoundWanting(
      `${refused.length} feed files contradict what the desk said before. Both are kept as proof: tell the desk by another road`,
    )
  }
}

async function* sorted(folder: string, context: Context): AsyncGenerator<StickFile, void, void> {
  for await (const file of readStick(folder, context.primitives)) yield file
}

/** A file that the stick no longer gives must not keep the others from being read. */
function unlessUnreadable(unreadable: string[], name: string): (error: unknown) => null {
  return (error) => {
    const isRead = (error as NodeJS.ErrnoException).code === "EIO"
    if (!isRead && !(error instanceof DeskError && error.code === "no-bundle")) throw error
    unreadable.push(name)
    return null
  }
}

function tellLosses(sum: { readonly damaged: number; readonly cut: number }, context: Context): void {
  if (sum.damaged > 0) {
    context.print(`${sum.damaged} pieces were damaged on the way: ask for them again, nothing is doubled.`)
  }
  if (sum.cut > 0) context.print(`${sum.cut} files were cut short: what was whole in them is safe.`)
}

function tellLeft(files: readonly StickFile[], unreadable: string[], context: Context): void {
  for (const file of files) if (file.kind === "unreadable") unreadable.push(file.name)
  const left = files.filter(({ kind }) => kind === "other").length
  if (left > 0) context.print(`${left} other files were left alone.`)
  if (unreadable.length > 0) {
    throw new FoundWanting(
      `${unreadable.join(", ")} cannot be read: the stick may be failing. Everything else is safe; try another copy`,
    )
  }
}
