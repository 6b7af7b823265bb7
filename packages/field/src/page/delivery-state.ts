import type { DeskShown } from "../engine/protocol.ts"
import type { OutboxParcel } from "../outbox/index.ts"
import { COPIES, isSent, relaysWithAll } from "../send/choose-relays.ts"

/** Where a parcel is, as a person is told. `relays`: at least one relay has all of it. */
export function parcelState(parcel: OutboxParcel): "here" | "partly" | "relays" | "arrived" | "damaged" {
  if (parcel.state !== "kept") return parcel.state
  const most = Math.max(0, ...parcel.acknowledged.values())
  return most === 0 ? "here" : most < parcel.cells ? "partly" : "relays"
}

/** Whether everything that waits is whole at as many relays of the card as it is to be. */
export function deliveryState(parcels: readonly OutboxParcel[], desk: DeskShown): "sent" | "waiting" {
  return parcels.every((parcel) => parcel.state !== "kept" || isSent(parcel, desk.relays))
    ? "sent"
    : "waiting"
}

/** At how many relays of the card a parcel is whole, of {@link placesWanted}. One that the card no longer names does not count. */
export function wholeIn(parcel: OutboxParcel, desk: DeskShown | null): number {
  return Math.min(relaysWithAll(parcel, desk?.relays ?? []).length, placesWanted(desk))
}

/** At how many it is to be whole. */
export function placesWanted(desk: DeskShown | null): number {
  return Math.min(COPIES, desk?.relays.length ?? 0)
}
