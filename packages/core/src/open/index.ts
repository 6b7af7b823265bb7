export { type AgeFileKey, ageFileKey } from "./age-file-key.ts"
export { OpenError, type OpenErrorCode } from "./open-error.ts"
export {
  attachmentCells,
  type BodyState,
  bodyCells,
  type GetCell,
  MAX_ANNEX_BYTES,
  openAttachment,
  openBody,
} from "./open-parcel.ts"
export { openPayload } from "./open-payload.ts"
export { type OpenedRoot, openRoot } from "./open-root.ts"
