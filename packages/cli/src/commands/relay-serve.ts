import { once } from "node:events"
import { isIP } from "node:net"
import { networkInterfaces } from "node:os"
import { createRelay, type RelayConfig } from "@govah/relay"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { checkTorrc } from "../onion/check-torrc.ts"
import { waitForHostname } from "../onion/hostname.ts"
import { onionOf, onionOptions } from "../onion/options.ts"
import { formatTorrc, type OnionService } from "../onion/torrc.ts"
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
    uploads: {
      kind: "value",
      takes: "on|off",
      help: "files by the plain page, for which nobody works (default: on where it listens on a network itself)",
    },
    ...onionOptions,
    restore: {
      kind: "flag",
      help: "let desks fetch ranges of pieces that they have lost; it tells this relay a little about what they want",
    },
    metrics: {
      kind: "value",
      takes: "PLACE",
      help: "where you read figures of it: a port of this machine, or a socket's path (default: nowhere)",
    },
  },
  run: async (args, context) => {
    const onion = onionOf(args)
    const socket = onion?.socket ?? args.value("socket")
    const place = socket === null ? portAndHost(args) : socketAlone(args, socket)
    if (onion !== null) await sayTorrc(onion, context)
    const config = {
      file: storeFile(args),
      restore: args.flag("restore"),
      ...place,
      ...metricsOf(args),
      ...uploadsOf(args),
    }
    const relay = await createRelay(config, context)
    context.print(`The relay listens on ${relay.url}. Ctrl-C stops it.`)
    if (relay.metrics !== null) context.print(`Its figures, for you: ${relay.metrics.url}/metrics`)
    const host = place.host ?? ""
    if (socket === null && !isLoopback(host))
      for (const line of openToNetwork(host, relay.port)) context.print(line)
    try {
      if (onion !== null) await sayAddress(onion, context)
      if (!context.signal.aborted) await once(context.signal, "abort")
    } finally {
      await relay.close()
    }
    context.print("The relay has stopped; everything acknowledged is on disk.")
  },
}

function uploadsOf(args: Arguments): { readonly uploads?: boolean } {
  const said = args.value("uploads")
  if (said === null) return {}
  if (said !== "on" && said !== "off") throw new UsageError("--uploads is on or off")
  return { uploads: said === "on" }
}

type Where = Pick<RelayConfig, "port" | "host" | "socket">

function socketAlone(args: Arguments, socket: string): Where {
  if (args.value("port") !== null || args.value("host") !== null)
    throw new UsageError("a relay on a socket is not open beside it: leave out --port and --host")
  return { port: 0, socket }
}

function portAndHost(args: Arguments): Where {
  const host = args.value("host") ?? "127.0.0.1"
  if (isIP(host) === 0)
    throw new UsageError("--host is an address of this machine, such as 0.0.0.0 or 10.42.0.1")
  return { port: portOf(args, 4710), host }
}

function metricsOf(args: Arguments): Pick<RelayConfig, "metrics"> {
  const text = args.value("metrics")
  if (text === null) return {}
  return { metrics: text.startsWith("/") ? text : portOf(args, 0, "metrics") }
}

async function sayTorrc(onion: OnionService, context: Context): Promise<void> {
  const torrc = formatTorrc(onion)
  const isChecked = await checkTorrc(onion, context.env)
  context.print("Lines for /etc/tor/torrc; then: systemctl reload tor")
  for (const line of torrc.trimEnd().split("\n")) context.print(`  ${line}`)
  context.print(
    isChecked ? "This machine's tor takes them." : "There is no tor on this machine to check them.",
  )
}

async function sayAddress({ folder }: OnionService, context: Context): Promise<void> {
  const found = await waitForHostname(folder, context.signal)
  if (found === null) return
  if (found.state === "known") {
    context.print(`Its onion address: http://${found.name}`)
    context.print(`A desk uses it with: govah desk relay http://${found.name} --road onion --capability …`)
  } else context.print(`Its onion address is tor's to read. As root: cat ${folder}/hostname`)
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
