import type { Json } from "@govah/core/bytes"
import { changeValue, DamagedValue, type LockedDrawer, readValue } from "../store/index.ts"

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
    return asList(await readValue(drawer, FILE))
  } catch (error) {
    if (!(error instanceof DamagedValue)) throw error
    return []
  }
}

/** Adds one, durably; harmless to repeat. */
export async function addArrived(drawer: LockedDrawer, parcel: ArrivedParcel): Promise<void> {
  await changeValue(drawer, FILE, (json) => {
    const known = asList(json)
    if (known.some(({ id }) => id === parcel.id)) return undefined
    return [...known, parcel].slice(-MOST) as unknown as Json
  })
}

/** Forgets one. */
export async function dropArrived(drawer: LockedDrawer, id: string): Promise<void> {
  await changeValue(drawer, FILE, (json) => {
    const known = asList(json)
    const others = known.filter((parcel) => parcel.id !== id)
    return others.length === known.length ? undefined : (others as unknown as Json)
  })
}

function asList(json: Json | null): readonly ArrivedParcel[] {
  return (json ?? []) as unknown as readonly ArrivedParcel[]
}
