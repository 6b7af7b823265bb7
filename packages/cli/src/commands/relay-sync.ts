import { stat } from "node:fs/promises"
import {
  type Exchanged,
  exchangeByFile,
  exchangeByFolder,
  httpPeer,
  RETENTION_DAYS,
  type SyncPeer,
  type SyncProgress,
  syncWith,
} from "@govah/relay"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { relayOptions, withStore } from "../relay-store.ts"
import { waysOf, waysOptions } from "../ways.ts"

export const relaySync: Command = {
  positionals: [],
  options: {
    ...relayOptions,
    with: {
      kind: "value",
      takes: "URL|DIR|FILE",
      help: "another relay's address; or a folder on a stick, or one file, that goes to and fro between the two",
    },
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
    const options = { retentionDays: daysOf(args), signal: context.signal }
    if (/^https?:/.test(other)) {
      const peer = peerOf(args, other, context)
      await withStore(args, context, async (store) => {
        const moved = await syncWith(store, peer, { ...options, onProgress: sayEveryThousand(context) })
        context.print(`${said(moved)} Both relays hold the same now.`)
      })
      return
    }
    if (args.value("capability") !== null)
      throw new UsageError("--capability is for an address: by hand none is needed")
    const isFolder = (await stat(other).catch(() => null))?.isDirectory() === true
    await withStore(args, context, async (store) => {
      const onProgress = sayEveryThousand(context)
      const exchange = isFolder ? exchangeByFolder : exchangeByFile
      sayExchanged(context, await exchange(store, other, { ...options, onProgress }))
    })
  },
}

function peerOf(args: Arguments, address: string, { signal }: Context): SyncPeer {
  if (!URL.canParse(address)) throw new UsageError("--with begins as an address, and is none")
  const capability = args.required("capability")
  if (!/^[A-Za-z0-9_-]{43}$/.test(capability)) {
    throw new UsageError(
      "--capability is the 43 characters that the other relay's operator made for this one",
    )
  }
  return httpPeer({ url: address, capability, socks: waysOf(args).socks, signal })
}

function sayExchanged(context: Context, done: Exchanged | null): void {
  if (done === null) {
    context.print("This relay wrote that file itself: it waits for the other one. Nothing was changed.")
    return
  }
  const { cellsTaken, tombstonesTaken, cellsGiven, damaged } = done
  context.print(`${cellsTaken} new pieces were taken, and ${tombstonesTaken} that are forgotten elsewhere.`)
  if (damaged > 0)
    context.print(`${damaged} blocks were damaged on the way; the next turn brings them again.`)
  context.print(
    done.met
      ? `${cellsGiven} pieces that the other relay lacks were written. Take it there and do the same.`
      : "What this relay has was written. Take it to the other relay and do the same there.",
  )
  if (done.more) context.print("More is to be given than fitted: each turn brings some.")
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
