import { once } from "node:events"
import { isIP } from "node:net"
import { networkInterfaces } from "node:os"
import { createRelay } from "@govah/relay"
import { type Arguments, type Command, UsageError } from "../command.ts"
import { portOf } from "../port.ts"
import { relayOptions, storeFile } from "../relay-store.ts"

export const relayServe: Command = {
  positionals: [],
  options: {
    ...relayOptions,
    port: { kind: "value", takes: "N", help: "port (default: 4710; 0 takes a free one)" },
    host: {
      kind: "value",
      takes: "ADDRESS",
      help: "address to listen on (default: 127.0.0.1, this machine alone; 0.0.0.0: every network it is on)",
    },
  },
  run: async (args, context) => {
    const host = hostOf(args)
    const relay = await createRelay({ file: storeFile(args), port: portOf(args, 4710), host }, context)
    context.print(`The relay listens on ${relay.url}. Ctrl-C stops it.`)
    if (!isLoopback(host)) for (const line of openToNetwork(host, relay.port)) context.print(line)
    if (!context.signal.aborted) await once(context.signal, "abort")
    await relay.close()
    context.print("The relay has stopped; everything acknowledged is on disk.")
  },
}

function hostOf(args: Arguments): string {
  const host = args.value("host") ?? "127.0.0.1"
  if (isIP(host) === 0)
    throw new UsageError("--host is an address of this machine, such as 0.0.0.0 or 10.42.0.1")
  return host
}

function isLoopback(host: string): boolean {
  return host.startsWith("127.") || host === "::1"
}

/** What somebody must know who opens a relay to others, and the addresses that a phone can type. */
function openToNetwork(host: string, port: number): readonly string[] {
  const isEverywhere = host === "0.0.0.0" || host === "::"
  const own = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ family, internal }) => family === "IPv4" && !internal),
  )
  const addresses = isEverywhere ? own.map(({ address }) => address) : [host]
  return [
    "WARNING: it is open to everybody on the network: they can see that it is here, and hand it sealed pieces.",
    "They can read none. Without https, whoever watches this network sees who comes and how much they bring.",
    ...addresses.map(
      (address) =>
        `A phone on this network opens http://${address.includes(":") ? `[${address}]` : address}:${port}`,
    ),
  ]
}
