import type { Ways } from "@govah/field/node"
import { parseSocksProxy } from "@govah/node"
import { type Arguments, type Option, UsageError } from "./command.ts"

/** Options of every command that asks relays. */
export const waysOptions: Readonly<Record<string, Option>> = {
  socks: {
    kind: "value",
    takes: "HOST:PORT",
    help: "Tor's proxy, e.g. 127.0.0.1:9050; onion relays are reached through it alone",
  },
  "socks-all": { kind: "flag", help: "ask every relay through the proxy, and nothing beside it" },
}

/** How requests leave, as the person demanded it. @throws UsageError for a proxy that is none, or is missing. */
export function waysOf(args: Arguments): Ways {
  const text = args.value("socks")
  const socksForAll = args.flag("socks-all")
  if (text === null) {
    if (socksForAll) throw new UsageError("--socks-all needs the proxy: --socks 127.0.0.1:9050")
    return { socks: null, socksForAll }
  }
  const socks = parseSocksProxy(text)
  if (socks === null) {
    throw new UsageError("--socks is an address and a port without a name, such as 127.0.0.1:9050")
  }
  return { socks, socksForAll }
}
