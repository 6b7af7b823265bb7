import { DeskError } from "../desk-error.ts"
import type { RelayAccess, RelayRoad } from "../desk.ts"
import type { Store } from "../store/store.ts"

/** A relay as the store keeps it. */
export interface KnownRelay extends RelayAccess {
  readonly unlisted: boolean
  /** Where to go on pulling; null at first. */
  readonly cursor: string | null
}

/** Most relays of one desk: what a card holds. */
const MAX_RELAYS = 8

/** @throws DeskError `bad-relay`. */
export function addRelay(store: Store, relay: RelayAccess): void {
  const url = relayUrl(relay)
  if (!/^[A-Za-z0-9_-]{43}$/.test(relay.capability)) {
    throw new DeskError("bad-relay", "a capability is the 43 characters that the relay's operator was shown")
  }
  const { operator = null } = relay
  if (operator !== null && !(Number.isInteger(operator) && operator >= 1 && operator <= MAX_RELAYS)) {
    throw new DeskError("bad-relay", `an operator is a number from 1 to ${MAX_RELAYS}`)
  }
  store.transact(() => {
    const known = readRelays(store)
    if (known.length >= MAX_RELAYS && !known.some((other) => other.url === url)) {
      throw new DeskError("bad-relay", `a desk has at most ${MAX_RELAYS} relays`)
    }
    store.run(
      `INSERT INTO relay (url, road, capability, unlisted, operator) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (url) DO UPDATE
       SET road = excluded.road, capability = excluded.capability, unlisted = excluded.unlisted,
         operator = excluded.operator`,
      url,
      relay.road,
      relay.capability,
      relay.unlisted === true ? 1 : 0,
      operator,
    )
  })
}

export function readRelays(store: Store): readonly KnownRelay[] {
  type Row = Omit<KnownRelay, "unlisted" | "operator"> & {
    readonly unlisted: number
    readonly operator: number | null
  }
  const rows = store.all<Row>(
    "SELECT url, road, capability, unlisted, operator, cursor FROM relay ORDER BY url",
  )
  return rows.map(({ operator, ...row }) => ({
    ...row,
    ...(operator === null ? {} : { operator }),
    unlisted: row.unlisted === 1,
  }))
}

/** The address without what could smuggle something in: no credentials, no query, no slash at the end. */
function relayUrl({ url, road }: RelayAccess): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !fitsRoad(parsed, road)) {
    throw new DeskError("bad-relay", `this is not an address of a relay by ${road}`)
  }
  if (parsed.username !== "" || parsed.search !== "" || parsed.hash !== "" || parsed.href.length > 300) {
    throw new DeskError("bad-relay", "a relay's address is a scheme, a host and perhaps a path")
  }
  return parsed.href.replace(/\/+$/, "")
}

// Plain http is for a local network, an onion address (which is encrypted by itself) and this very machine.
function fitsRoad(url: URL, road: RelayRoad): boolean {
  const isOnion = url.hostname.endsWith(".onion")
  if (road === "onion") return isOnion && (url.protocol === "http:" || url.protocol === "https:")
  if (road === "lan") return !isOnion && (url.protocol === "http:" || url.protocol === "https:")
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  return !isOnion && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback))
}
