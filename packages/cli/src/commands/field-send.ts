import { type FieldHome, relaysWithAll, type SendProgress } from "@govah/field"
import { sendAll, tell, writeBundle } from "@govah/field/node"
import { type Arguments, type Command, type Context, FoundWanting } from "../command.ts"
import { refuseExisting } from "../refuse-existing.ts"
import { existingHome, fieldOptions, today } from "../field-home.ts"
import {
  attachmentOptions,
  reportOptions,
  saysSomething,
  toldAttachments,
  toldReport,
} from "../told-report.ts"
import { waysOptions } from "../ways.ts"

export const fieldSend: Command = {
  positionals: [],
  options: {
    ...fieldOptions,
    ...reportOptions,
    ...attachmentOptions,
    ...waysOptions,
    to: {
      kind: "value",
      takes: "FILE",
      help: "write what waits to a plain file, and send nothing; for a stick: govah carry out",
    },
    keep: { kind: "flag", help: "only keep; send later" },
  },
  run: async (args, context) => {
    const home = await existingHome(args, context)
    const to = args.value("to")
    if (to !== null) await refuseExisting(to, "Nothing was sealed")
    if (saysSomething(args)) await keep(home, args, context)
    if (to !== null) {
      const { cells, parcels, damaged } = await writeBundle(home, null, to)
      context.print(`${parcels} reports in ${cells} pieces are in ${to}. Whoever carries it cannot read it.`)
      if (damaged > 0) context.print(`${damaged} pieces were changed on this disk and could not be written.`)
      context.print("They stay kept here until the desk says that they have arrived.")
      return
    }
    if (!args.flag("keep")) await send(home, context)
  },
}

async function keep(home: FieldHome, args: Arguments, context: Context): Promise<void> {
  const kept = await tell(home, toldReport(args), toldAttachments(args), today(context))
  context.print(`Kept and sealed: ${kept.cells} pieces. This machine can no longer open it.`)
}

async function send(home: FieldHome, context: Context): Promise<void> {
  const sendings = await sendAll(home, printTenths(context))
  for (const sending of sendings) {
    if (sending.error !== null) {
      context.print(`${sending.relay}: ${sending.error.message}`)
      continue
    }
    if (sending.sent === 0 && sending.left === 0) {
      context.print(`${sending.relay}: nothing was left to send there.`)
      continue
    }
    const left = sending.left === 0 ? "it has everything" : `${sending.left} pieces are still missing there`
    context.print(`${sending.relay}: ${sending.sent} pieces sent, ${left}.`)
  }
  if (sendings.length === 0) {
    throw new FoundWanting(
      "the desk's card names no relay. What is kept is safe; carry it: govah carry out DIR",
    )
  }
  const whole = await copiesOfEach(home)
  if (whole.length > 0 && sendings.length > 1) {
    const { length } = sendings
    for (const copies of [...new Set(whole)].sort((a, b) => b - a)) {
      const reports = whole.filter((count) => count === copies).length
      context.print(`${reports} reports: all of it at ${copies} of the card's ${length} relays.`)
    }
  }
  if (whole.includes(0)) {
    const isShut = sendings.some(({ error }) => error?.code === "closed")
    const isWarned = sendings.every(({ error }) => error?.code === "warned")
    const shut = isWarned ? WARNED : isShut ? SHUT : ""
    throw new FoundWanting(
      `not delivered yet. ${shut}What is kept is safe on this machine; send again later, or carry it: govah carry out DIR`,
    )
  }
}

/** For each report that waits for its receipt, how many of the card's relays have all of it. */
async function copiesOfEach(home: FieldHome): Promise<readonly number[]> {
  const relays = await home.relays()
  const kept = (await home.outbox.list()).filter(({ state }) => state === "kept")
  return kept.map((parcel) => relaysWithAll(parcel, relays).length)
}

/** A line whenever a relay has a further tenth of what waits; few pieces are not worth one. */
function printTenths(context: Context): (progress: SendProgress) => void {
  const tenths = new Map<string, number>()
  return ({ relay, acknowledged, total }) => {
    const tenth = Math.floor((10 * acknowledged) / Math.max(1, total))
    const before = tenths.get(relay)
    tenths.set(relay, tenth)
    if (total < LONG_SENDING || before === undefined || tenth === before || acknowledged === total) return
    context.print(`${relay}: ${acknowledged} of ${total} pieces.`)
  }
}

// 4 MiB: half a minute at 1 Mbit/s.
const LONG_SENDING = 256

const WARNED =
  "The desk warns of every relay of its card, and nothing went to any. A newer file of its feed may name others: govah carry in DIR. "

const SHUT =
  "A road that was demanded is shut, and nothing went by another: start Tor and add --socks 127.0.0.1:9050. "
