import type { ActOf } from "./act.ts"
import type { UnitStanding } from "./state.ts"

/** What arriving roots say of their senders. `unit` is null where a root does not name one. */
type Arrival = Pick<ActOf<"received">, "invitation" | "signature" | "day"> & { readonly unit: string | null }

/**
 * How the desk knows each unit that has written to it.
 *
 * A key is known when it showed the secret of an invitation that was made, in time, and nobody else showed it. Where two
 * keys showed one secret, one of them found it: both are contested, until a member has compared the words of one with its
 * holder. A key that was confirmed is known, whatever else was shown; the others stay contested. A bad signature proves
 * nothing about its key. A key that signs well and has never shown an invitation is an anonymous witness's: anybody can
 * make a thousand of these.
 *
 * The order of the entries does not matter: a report can reach one member before the invitation's entry does.
 */
export function unitStandings(
  invited: readonly ActOf<"invited">[],
  received: readonly Arrival[],
  confirmed: readonly ActOf<"confirmed-unit">[],
): Map<string, UnitStanding> {
  const lastDays = new Map<string, string>()
  for (const act of invited) lastDays.set(act.secret, act.lastDay)
  const keysByInvitation = new Map<string, Set<string>>()
  const standings = new Map<string, UnitStanding>()
  // Keys that signed well without an invitation, and with one, ours or not.
  const silent = new Set<string>()
  const claimed = new Set<string>()
  for (const act of received) {
    if (act.unit === null) continue
    if (!standings.has(act.unit)) standings.set(act.unit, "unknown")
    if (act.signature !== "good") continue
    if (act.invitation === null) {
      silent.add(act.unit)
      continue
    }
    claimed.add(act.unit)
    const lastDay = lastDays.get(act.invitation)
    if (lastDay === undefined || act.day > lastDay) continue
    const keys = keysByInvitation.get(act.invitation) ?? new Set()
    keysByInvitation.set(act.invitation, keys.add(act.unit))
  }
  for (const key of silent) if (!claimed.has(key)) standings.set(key, "anonymous")
  for (const keys of keysByInvitation.values()) {
    for (const key of keys) {
      if (keys.size > 1) standings.set(key, "contested")
      else if (standings.get(key) !== "contested") standings.set(key, "known")
    }
  }
  for (const { unit } of confirmed) if (standings.has(unit)) standings.set(unit, "known")
  return standings
}
