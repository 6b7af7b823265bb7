import type { DeskShown } from "../engine/protocol.ts"
import type { OutboxParcel } from "../outbox/index.ts"
import { copiesLacking, copiesWanted, isSent } from "../send/choose-relays.ts"

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

/** How many of {@link placesWanted} have a parcel. A relay that the card no longer names does not count, nor a second copy of one operator. */
export function wholeIn(parcel: OutboxParcel, desk: DeskShown | null): number {
  return Math.max(0, placesWanted(desk) - copiesLacking(parcel, desk?.relays ?? []))
}

/** At how many it is to be whole. */
export function placesWanted(desk: DeskShown | null): number {
  return copiesWanted(desk?.relays ?? [])
}
