import type { FieldHome } from "@govah/field"
import { check } from "@govah/field/node"
import { type Command, type Context, FoundWanting } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"
import { saveMaterials } from "../save-materials.ts"
import { sayBulletins, sayReply, sayWarnings } from "../say-feed.ts"
import { waysOptions } from "../ways.ts"

export const fieldCheck: Command = {
  positionals: [],
  options: {
    ...fieldOptions,
    ...waysOptions,
    material: {
      kind: "value",
      takes: "DIR",
      help: "write there what comes with calls, to show or print: whoever sees this disk finds it",
    },
  },
  run: async (args, context) => {
    const home = await existingHome(args, context)
    // What is known is said before anything is asked: a warning may be about the asking.
    const before = await home.said()
    sayWarnings(before, context)
    const checked = await check(home, (words) => sayReply(words, context))
    if (JSON.stringify(before.warnings) !== JSON.stringify(checked.said.warnings))
      sayWarnings(checked.said, context)
    for (const parcel of checked.parcels) {
      if (parcel.state === "arrived")
        context.print(`${parcel.keptOn}  arrived: the desk has it; it is erased here`)
      else if (parcel.state === "damaged") context.print("a record is damaged; nothing of it was removed")
      else {
        const most = Math.max(0, ...parcel.acknowledged.values())
        context.print(`${parcel.keptOn}  waiting: ${most} of ${parcel.cells} pieces are at a relay`)
      }
    }
    await sayUnderWords(home, context)
    sayBulletins(checked.said, context)
    const folder = args.value("material")
    if (folder !== null) await saveMaterials(checked.said, folder, context)
    context.print(
      checked.heardOn === null
        ? "The desk was never heard."
        : `Last heard of the desk: ${checked.heardOn} (${daysSince(checked.heardOn, context)} days ago)`,
    )
    for (const visit of checked.visits) {
      if (visit.error !== null) context.print(`${visit.relay}: ${visit.error.message}`)
      if (visit.proof.length > 0) context.print(`Kept as proof: ${visit.proof.join(", ")}`)
    }
    if (checked.visits.some((visit) => visit.state === "refused")) {
      throw new FoundWanting("a relay served a feed that must not be believed. Tell the desk by another road")
    }
    if (checked.visits.length > 0 && checked.visits.every((visit) => visit.state === "warned")) {
      throw new FoundWanting(
        "the desk warns of every relay of its card, and none was asked. What is kept is safe; a newer file of its feed may name others: govah carry in DIR",
      )
    }
    if (
      checked.visits.length > 0 &&
      checked.visits.every(({ state }) => state === "failed" || state === "warned")
    ) {
      throw new FoundWanting("no relay answered. What is kept is safe; ask again later")
    }
  },
}

/** What a witness who can come back finds, whichever machine it came from. */
async function sayUnderWords(home: FieldHome, context: Context): Promise<void> {
  const arrived = await home.arrivedUnderWords()
  if (arrived === null) return
  if (arrived > 0) context.print(`Under your words ${arrived} reports have arrived.`)
  else if ((await home.enrolment())?.cameBack === true)
    context.print(
      "Nothing was found under these words: nothing has arrived, it was more than 90 days ago, or a word is another. " +
        "To try others: govah field forget, then govah field witness CARD --back",
    )
}

function daysSince(day: string, context: Context): number {
  return Math.max(0, Math.floor((context.now().getTime() - Date.parse(`${day}T00:00:00Z`)) / 86_400_000))
}
