import type { Card } from "@govah/core/card"
import { RoadError } from "./road-error.ts"

/** A relay as a card names it: its address and the road that it demands. */
export type RelayAddress = Card["relays"][number]

/** What came back. */
export interface RoadAnswer {
  readonly status: number
  readonly body: Uint8Array
}

/** What goes with a request, by name. Nothing in it may tell senders apart. */
export type RoadHeaders = Readonly<Record<string, string>>

/** One way to the other end. It follows no redirection, sends no cookie and no referrer, and leaves nothing in a cache. */
export interface Road {
  /** @throws RoadError `unreachable`, `too-slow`, `bad-answer` (longer than `maxBytes`). */
  post(url: string, body: Uint8Array, maxBytes: number, headers?: RoadHeaders): Promise<RoadAnswer>
  /** @throws RoadError `unreachable`, `too-slow`, `bad-answer` (longer than `maxBytes`). */
  get(url: string, maxBytes: number): Promise<RoadAnswer>
}

/** Which roads are open where the program runs. */
export interface OpenRoads {
  /** Whether requests to onion addresses go through Tor: in a page, only where the page itself came from an onion. */
  readonly onion: boolean
  /** Whether local addresses may be asked; left out, they may. Not where everything is to go through a proxy. */
  readonly lan?: boolean
}

/**
 * The address to use for a relay, without a slash at its end, or a refusal: the demanded road is kept. An address that
 * does not fit its road is never tried.
 *
 * @throws RoadError `closed`.
 */
export function addressOn(relay: RelayAddress, open: OpenRoads): string {
  const parts = ADDRESS.exec(relay.url)
  if (parts === null) throw new RoadError("closed", "the relay's address is not one that can be used")
  const [, scheme, host, port] = parts as unknown as [string, string, string, string | undefined]
  const onion = host.endsWith(".onion")
  const fits = {
    https: !onion && (scheme === "https" || isLoopback(host)),
    onion: onion && open.onion,
    lan: !onion && open.lan !== false && (isLoopback(host) || isNearby(host)),
  }[relay.road]
  if (!fits) {
    const isShut = relay.road === "lan" && open.lan === false
    throw new RoadError("closed", isShut ? LAN_SHUT : WHY_CLOSED[relay.road])
  }
  return `${scheme}://${host}${port ?? ""}${(parts[4] ?? "").replace(/\/+$/, "")}`
}

// No user name, no query, no fragment: an address is an address.
const ADDRESS = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/

const WHY_CLOSED = {
  https: "the card demands https, and this address is not https",
  onion: "the card demands Tor, and Tor is not open here",
  lan: "the card demands the local network, and this address is not on one",
}

const LAN_SHUT = "everything is to go through the proxy, and a local address cannot"

/** Whether the other end is this very machine: plain http is then as good as https. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function isNearby(host: string): boolean {
  return (
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
    /^\[f[cde]/.test(host) ||
    host.endsWith(".local") ||
    !/[.:]/.test(host)
  )
}
