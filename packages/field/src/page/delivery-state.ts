import type { DeskShown } from "../engine/protocol.ts"
import type { OutboxParcel } from "../outbox/index.ts"

/** Where a parcel is, as a person is told. `relays`: at least one relay has all of it. */
export function parcelState(parcel: OutboxParcel): "here" | "partly" | "relays" | "arrived" | "damaged" {
  if (parcel.state !== "kept") return parcel.state
  const most = Math.max(0, ...parcel.acknowledged.values())
  return most === 0 ? "here" : most < parcel.cells ? "partly" : "relays"
}

/** Whether every relay of the card has everything that waits. */
export function deliveryState(parcels: readonly OutboxParcel[], desk: DeskShown): "sent" | "waiting" {
  const sent = parcels.every(
    (parcel) =>
      parcel.state !== "kept" ||
      (desk.relays.length > 0 &&
        desk.relays.every(({ url }) => parcel.acknowledged.get(url) === parcel.cells)),
  )
  return sent ? "sent" : "waiting"
}
