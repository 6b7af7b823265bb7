import { isIP } from "node:net"

/** A SOCKS5 proxy: Tor's, as a rule on port 9050 of this machine. */
export interface SocksProxy {
  /** An IP address: to look up a name would already tell somebody. */
  readonly host: string
  readonly port: number
}

/** `127.0.0.1:9050`, `[::1]:9050` or `localhost:9050` as a proxy, or null for anything else. */
export function parseSocksProxy(text: string): SocksProxy | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+|localhost)):(\d{1,5})$/.exec(text)
  if (match === null) return null
  const host = match[1] ?? (match[2] === "localhost" ? "127.0.0.1" : (match[2] as string))
  const port = Number(match[3])
  return isIP(host) !== 0 && port >= 1 && port <= 65_535 ? { host, port } : null
}
