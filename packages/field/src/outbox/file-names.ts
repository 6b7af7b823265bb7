import type { Drawer } from "../store/drawer.ts"

// A parcel has three files: `record-…`, `cells-…` (a bundle as it is sent), `acked-…`. While it is being recorded it has
// a `recording-…` in place of the first.
export const recordOf = (id: string): string => `record-${id}`
export const cellsOf = (id: string): string => `cells-${id}`
export const ackedOf = (id: string): string => `acked-${id}`
export const recordingOf = (id: string): string => `recording-${id}`

/** The parcels that have a file of a kind. */
export async function idsOf(drawer: Drawer, prefix: string): Promise<readonly string[]> {
  return (await drawer.names()).filter((name) => name.startsWith(prefix)).map((n) => n.slice(prefix.length))
}
