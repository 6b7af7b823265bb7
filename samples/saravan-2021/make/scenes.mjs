// The ten walls of 2 March 2021, one for each town.
import { first } from "./walls-a01-a05.mjs"
import { second } from "./walls-a06-a10.mjs"

export const scenes = Object.entries({ ...first, ...second }).map(([id, s]) => ({
  id,
  file: `${id}-${s.town}-${s.kind}.jpg`,
  size: s.portrait ? [1200, 1600] : [1600, 1200],
  ...s,
}))
