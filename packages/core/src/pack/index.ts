export { carouselTurn, type Slot } from "./carousel.ts"
export {
  formatPackFrame,
  PACK_FRAME_BYTES,
  type PackFrame,
  type PackFrameKind,
  scanPackFrames,
} from "./frame.ts"
export { openPackHead, type PackHead, signPackHead } from "./head.ts"
export { type MadePack, makePack, type PackSource, REPAIR_PERCENT } from "./make-pack.ts"
export { PackError, type PackErrorCode } from "./pack-error.ts"
export { MAX_DATA_CELLS, type PackPlan, planPack } from "./plan.ts"
export {
  type CellStore,
  createPackListener,
  type KnownPack,
  type PackListener,
  rebuildPack,
} from "./receive-pack.ts"
export { isSafeName, type PackFile, type PackTable } from "./table.ts"
