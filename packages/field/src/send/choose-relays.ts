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

/** Whether a parcel is whole at as many relays of the card as it is to be. */
export function isSent(parcel: OutboxParcel, relays: readonly Pick<RelayAddress, "url">[]): boolean {
  return relays.length > 0 && relaysWithAll(parcel, relays).length >= Math.min(COPIES, relays.length)
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
  const has = ({ url }: RelayAddress): number => parcel.acknowledged.get(url) ?? 0
  return [...inRandomOrder].sort((a, b) => has(b) - has(a))
}
