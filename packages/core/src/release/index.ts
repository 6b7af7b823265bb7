export { checkAsset, checkFolder, type FolderFaults, isFile } from "./check-copy.ts"
export { checkGrowth, leafTiles, MAX_RELEASES } from "./growth.ts"
export { formatLogProof, type LogProof, MAX_PROOF_BYTES, parseLogProof } from "./log-proof.ts"
export {
  type Asset,
  formatManifest,
  type Manifest,
  MAX_ASSETS,
  MAX_RELEASE_BYTES,
  MAX_VERSION,
  parseManifest,
} from "./manifest.ts"
export {
  manifestHash,
  openRelease,
  parseReleaseEntry,
  type Release,
  releaseEntry,
} from "./open-release.ts"
export { ReleaseError, type ReleaseErrorCode } from "./release-error.ts"
export {
  joinReleaseFile,
  MAX_RELEASE_FILE_BYTES,
  type ReleaseFile,
  splitReleaseFile,
} from "./release-file.ts"
export { parseReleaseKeys, type ReleaseKeys } from "./release-keys.ts"
export { isNewer } from "./newer.ts"
export { joinSingleFile, type SingleFile, splitSingleFile } from "./single-file.ts"
