import { type Tile, tilePath } from "@govah/core/log"

export const CHECKPOINT_PATH = "log/checkpoint"
export const KEY_PATH = "log/key"

/** Path of a tile or bundle in the archive's folder. */
export function tileFile(tile: Tile): string {
  return `log/${tilePath(tile)}`
}

/** Path of what opens entry `index`. */
export function disclosuresFile(index: number): string {
  return `log/disclosures/${index}.json`
}
