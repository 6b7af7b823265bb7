export {
  CARRIED_BATCH_CELLS,
  type CarriedFile,
  type CellHandler,
  firstVeiled,
  holdsVeil,
  readCarriedFile,
  readVeils,
} from "./carried-file.ts"
export { stickName } from "./stick-name.ts"
export { unveil, VEIL_BYTES, veil, VEILED_CELL_BYTES } from "./veil.ts"
