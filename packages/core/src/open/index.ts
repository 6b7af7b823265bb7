export { type AgeFileKey, ageFileKey } from "./age-file-key.ts"
export type { GetCell } from "./cell-reading.ts"
export { type HybridStanza, hybridStanzas } from "./hybrid-stanzas.ts"
export { type AnnexState, MAX_ANNEX_BYTES } from "./open-annex.ts"
export { OpenError, type OpenErrorCode } from "./open-error.ts"
export {
  type AttachmentToOpen,
  attachmentCells,
  type BodyState,
  bodyCells,
  openAttachment,
  openBody,
} from "./open-parcel.ts"
export { openPayload } from "./open-payload.ts"
export {
  type CutRecording,
  closes,
  openClosing,
  openRecording,
  type RecordingState,
} from "./open-recording.ts"
export {
  type AnyOpenedRoot,
  type OpenedClosing,
  type OpenedProvisional,
  type OpenedRoot,
  openAnyRoot,
  openRoot,
} from "./open-root.ts"
