import { httpPeer, RETENTION_DAYS, type SyncProgress, syncWith } from "@govah/relay"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"
import { waysOf, waysOptions } from "../ways.ts"

export const relaySync: Command = {
  positionals: [],
  options: {
    ...relayOptions,
    with: { kind: "value", takes: "URL", help: "another relay's address" },
    capability: {
      kind: "value",
      takes: "TEXT",
      help: "what its operator made: govah relay admit --relay NAME",
    },
    days: {
      kind: "value",
      takes: "N",
      help: `whole days that this relay keeps (default: ${RETENTION_DAYS})`,
    },
    ...waysOptions,
  },
  run: async (args, context) => {
    const other = args.required("with")
    const retentionDays = daysOf(args)
    const url = urlOf(other)
    const capability = args.required("capability")
    if (!/^[A-Za-z0-9_-]{43}$/.test(capability)) {
      throw new UsageError(
        "--capability is the 43 characters that the other relay's operator made for this one",
      )
    }
    const { signal } = context
    const peer = httpPeer({ url, capability, socks: waysOf(args).socks, signal })
    await withStore(args, context, async (store) => {
      const onProgress = sayEveryThousand(context)
      const moved = await syncWith(store, peer, { retentionDays, signal, onProgress })
      context.print(`${said(moved)} Both relays hold the same now.`)
    })
  },
}

function urlOf(text: string): string {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new UsageError("--with is another relay's address, which begins with http:// or https://")
  }
  return text
}

function daysOf(args: Arguments): number {
  const text = args.value("days")
  if (text === null) return RETENTION_DAYS
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError("--days is a whole number of days, from 1 to 9999")
  return Number(text)
}

function said({ cellsTaken, cellsGiven, tombstonesTaken, tombstonesGiven }: SyncProgress): string {
  return `${cellsTaken} new pieces came and ${cellsGiven} went; ${tombstonesTaken + tombstonesGiven} were forgotten on one side and now are on both.`
}

/** A line for each thousand pieces: a first sync may take hours. */
function sayEveryThousand(context: Context): (progress: SyncProgress) => void {
  let thousands = 0
  return ({ cellsTaken, cellsGiven }) => {
    const now = Math.floor((cellsTaken + cellsGiven) / 1_000)
    if (now > thousands) context.print(`${cellsTaken} pieces came, ${cellsGiven} went so far.`)
    thousands = now
  }
}
