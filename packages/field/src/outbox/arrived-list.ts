import type { Json } from "@govah/core/bytes"
import { DamagedValue, type LockedDrawer, readValue, writeValue } from "../store/index.ts"

/** What is remembered of a parcel that the desk has. */
export interface ArrivedParcel {
  /** As the outbox named it. */
  readonly id: string
  readonly cells: number
  /** YYYY-MM-DD. */
  readonly keptOn: string
}

/** So many are remembered; the oldest goes. The file is as long with none: how many reports there were shows nowhere. */
const MOST = 64
const FILE = "arrived"

/** The parcels that have arrived, the newest last. What has rotted is forgotten: it is a comfort and no more. */
export async function readArrived(drawer: LockedDrawer): Promise<readonly ArrivedParcel[]> {
  try {
    return ((await readValue(drawer, FILE)) ?? []) as unknown as readonly ArrivedParcel[]
  } catch (error) {
    if (!(error instanceof DamagedValue)) throw error
    return []
  }
}

/** Adds one, durably; harmless to repeat. */
export async function addArrived(drawer: LockedDrawer, parcel: ArrivedParcel): Promise<void> {
  const known = await readArrived(drawer)
  if (known.some(({ id }) => id === parcel.id)) return
  await writeValue(drawer, FILE, [...known, parcel].slice(-MOST) as unknown as Json)
}

/** Forgets one. */
export async function dropArrived(drawer: LockedDrawer, id: string): Promise<void> {
  const known = await readArrived(drawer)
  const others = known.filter((parcel) => parcel.id !== id)
  if (others.length !== known.length) await writeValue(drawer, FILE, others as unknown as Json)
}
