import { once } from "node:events"
import { createRelay } from "@govah/relay"
import type { Command } from "../command.ts"
import { portOf } from "../port.ts"
import { relayOptions, storeFile } from "../relay-store.ts"

export const relayServe: Command = {
  words: ["relay"],
  summary: "run a relay: one process, one file, nothing that it could read",
  positionals: [],
  options: {
    ...relayOptions,
    port: { kind: "value", takes: "N", help: "port on loopback (default: 4710; 0 takes a free one)" },
  },
  run: async (args, context) => {
    const relay = await createRelay({ file: storeFile(args), port: portOf(args, 4710) }, context)
    context.print(`The relay listens on ${relay.url}. Ctrl-C stops it.`)
    if (!context.signal.aborted) await once(context.signal, "abort")
    await relay.close()
    context.print("The relay has stopped; everything acknowledged is on disk.")
  },
}
