import { SocksError, type SocksProxy, socksFetch } from "@govah/node"
import { fetchRoad, roadOver } from "../road/fetch-road.ts"
import { type OpenRoads, type Road, RoadError } from "../road/index.ts"

/** How a unit's requests leave the machine. */
export interface Ways {
  /** Tor's proxy, or another one: onion relays are asked through it alone. */
  readonly socks: SocksProxy | null
  /** Whether relays that demand https are asked through it, too. Local ones are then not asked at all. */
  readonly socksForAll: boolean
}

/** No proxy: onion relays are out of reach, and nothing of them is named to anybody. */
export const DIRECT: Ways = { socks: null, socksForAll: false }

/** Five minutes: a new circuit to an onion service takes up to one of them. */
const SOCKS_DEADLINE_MS = 300_000

/** The roads that are open these ways. */
export function openRoads({ socks, socksForAll }: Ways): OpenRoads {
  return { onion: socks !== null, lan: socks === null || !socksForAll }
}

/**
 * The road for these ways: chosen by the address, request by request, and never changed because it fails.
 *
 * Each request through the proxy has a connection and credentials of its own, and therefore, in Tor, a circuit of its
 * own: nobody on the way can tell that two bundles have one sender.
 */
export function roadFor({ socks, socksForAll }: Ways): Road {
  if (socks === null) return fetchRoad
  const through = socksRoad(socks)
  const choose = (url: string): Road =>
    socksForAll || new URL(url).hostname.endsWith(".onion") ? through : fetchRoad
  return {
    post: (url, body, maxBytes, headers) => choose(url).post(url, body, maxBytes, headers),
    get: (url, maxBytes) => choose(url).get(url, maxBytes),
  }
}

function socksRoad(proxy: SocksProxy): Road {
  return roadOver(async (url, wish) => {
    try {
      return await socksFetch(proxy, url, wish)
    } catch (cause) {
      if (!(cause instanceof SocksError)) throw cause
      const code = cause.code === "proxy-down" ? "closed" : "unreachable"
      throw new RoadError(code, `${cause.message}; nothing left by another road`, { cause })
    }
  }, SOCKS_DEADLINE_MS)
}
