import type { Warning } from "@govah/core/feed"
import { type RelayAddress, RoadError } from "../road/index.ts"

/**
 * The relays of a card that may be used: those that no standing warning of the desk names, neither by their address nor
 * by the road that they demand.
 *
 * A warning about a relay or a road names a relay where its subject holds the relay's host, with no port or the relay's own,
 * in whatever words and case; one about a road also all relays of that road where its subject is the road's name as a card
 * has it (`https`, `onion`, `lan`). Naming too many costs a road; naming too few may cost a person.
 *
 * @param warnings - null where they cannot be read: then no relay may be used.
 */
export function withoutWarned(
  relays: readonly RelayAddress[],
  warnings: readonly Warning[] | null,
): readonly RelayAddress[] {
  return warnings === null ? [] : relays.filter((relay) => !isWarnedOf(relay, warnings))
}

/** Whether a standing warning names this relay. */
export function isWarnedOf(relay: RelayAddress, warnings: readonly Warning[]): boolean {
  const places = placesOf(relay.url)
  return warnings.some(({ kind, subject }) => {
    if (subject === null || (kind !== "relay" && kind !== "road")) return false
    const said = subject.trim().toLowerCase()
    if (kind === "road" && said === relay.road) return true
    return said.split(NO_ADDRESS).some((word) => places.includes(word.replace(/[.:]+$/, "")))
  })
}

/** Why a relay that is named was left out. */
export function warnedOf(): RoadError {
  return new RoadError("warned", "the desk warns of it")
}

// What cannot stand in a host and its port.
const NO_ADDRESS = /[^a-z0-9.:[\]-]+/

/** A relay's host, and its host with its port: as a warning may write it. */
function placesOf(url: string): readonly string[] {
  const [, scheme, host, port] = ADDRESS.exec(url.toLowerCase()) ?? []
  if (host === undefined) return [url.toLowerCase()]
  return [host, `${host}:${port ?? (scheme === "http" ? "80" : "443")}`]
}

const ADDRESS = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?(?:\/|$)/
