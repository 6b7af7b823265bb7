export { attachFile, type FileAttachment } from "./attach-file.ts"
export { BundleError, type BundleErrorCode } from "./bundle-error.ts"
export { type CardPlaces, findCard } from "./find-card.ts"
export { nodeStretch } from "./node-stretch.ts"
export { folderLockOf, unlockFolder } from "./unlock-folder.ts"
export {
  type CheckReport,
  check,
  createFieldHome,
  enrol,
  keepReport,
  type ReportToKeep,
  sendAll,
  tell,
  todayUtc,
} from "./home.ts"
export { becomeWitness } from "./witness.ts"
export { type WrittenBundle, writeBundle } from "./write-bundle.ts"
export { DIRECT, type Ways } from "./socks-road.ts"
export { type CarriedIn, type CarriedOut, carryIn, carryOut } from "./carry.ts"
