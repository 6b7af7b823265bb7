import type { OutboxParcel } from "../outbox/index.ts"
import type { RelayAddress } from "../road/index.ts"

/**
 * Relays that have all of a parcel before it counts as sent, where the card has so many: one can be seized, filled or
 * lie. More would show the parcel to more operators and cost the line again; relays exchange what they hold themselves.
 */
export const COPIES = 2

/** Addresses of the relays of `relays` that have said they durably hold every cell of the parcel. */
export function relaysWithAll(
  parcel: OutboxParcel,
  relays: readonly Pick<RelayAddress, "url">[],
): readonly string[] {
  if (parcel.cells === 0) return []
  return relays.flatMap(({ url }) => (parcel.acknowledged.get(url) === parcel.cells ? [url] : []))
}

/** Whether a parcel is whole at as many relays of the card as it is to be, and with as many operators. */
export function isSent(parcel: OutboxParcel, relays: readonly RelayAddress[]): boolean {
  return relays.length > 0 && copiesLacking(parcel, relays) === 0
}

/** How many copies of a parcel a card is good for. */
export function copiesWanted(relays: readonly RelayAddress[]): number {
  return Math.min(COPIES, relays.length)
}

/**
 * How many more relays a parcel must reach. Two relays of one operator, whom one order seizes, do where the card knows no
 * other operator; else the second copy is still to go to another one.
 */
export function copiesLacking(parcel: OutboxParcel, relays: readonly RelayAddress[]): number {
  const whole = relaysWithAll(parcel, relays)
  const operators = countOperators(relays.filter(({ url }) => whole.includes(url)))
  return Math.max(
    0,
    copiesWanted(relays) - whole.length,
    Math.min(COPIES, countOperators(relays)) - operators,
  )
}

/** How far the parcels that wait have come: in cells, a cell once for each copy that is wanted of it. */
export interface Delivered {
  readonly acknowledged: number
  readonly total: number
}

/**
 * How far everything that waits has come, all relays together: of each parcel the copies that have come furthest count, of
 * two operators where the card knows of two. What a third relay has besides makes nothing safer, and is not counted.
 */
export function delivered(parcels: readonly OutboxParcel[], relays: readonly RelayAddress[]): Delivered {
  const copies = copiesWanted(relays)
  const sum = { acknowledged: 0, total: 0 }
  for (const parcel of parcels) {
    if (parcel.state !== "kept") continue
    sum.total += parcel.cells * copies
    const furthest = [...relays].sort((a, b) => has(parcel, b) - has(parcel, a))
    const chosen: RelayAddress[] = []
    for (const relay of furthest)
      if (!chosen.some((other) => isOneOperators(other, relay))) chosen.push(relay)
    for (const relay of furthest) if (!chosen.includes(relay)) chosen.push(relay)
    for (const relay of chosen.slice(0, copies)) sum.acknowledged += has(parcel, relay)
  }
  return sum
}

function has({ acknowledged }: OutboxParcel, { url }: RelayAddress): number {
  return acknowledged.get(url) ?? 0
}

/** Whether two relays are known to be one operator's. */
export function isOneOperators(one: RelayAddress, other: RelayAddress): boolean {
  return one.url === other.url || (one.operator !== undefined && one.operator === other.operator)
}

function countOperators(relays: readonly RelayAddress[]): number {
  return relays.filter((relay, i) => relays.findIndex((other) => isOneOperators(other, relay)) === i).length
}

/**
 * The relays that a parcel goes to, first choice first: those that have some of it already, most first, then the others
 * as they stand.
 *
 * @param inRandomOrder - the card's relays, shuffled for this parcel, so that none of them sees all parcels.
 */
export function relaysInTurn(
  parcel: OutboxParcel,
  inRandomOrder: readonly RelayAddress[],
): readonly RelayAddress[] {
  return [...inRandomOrder].sort((a, b) => has(parcel, b) - has(parcel, a))
}
