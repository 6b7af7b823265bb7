export { type AgeHeader, makeAgeHeader, makeAgeHeaderFor, type RecipientRules } from "./age-header.ts"
export { cutCells, type SealedCell } from "./cut.ts"
export {
  createRecording,
  type Recording,
  type RecordingEnd,
  type RecordingInput,
} from "./recording.ts"
export { type RecordingCloser, sealClosing } from "./recording-closing.ts"
export { MAX_SLICE_BYTES, type SealedSlice, type SliceWrite, tailOf } from "./recording-cells.ts"
export type { AttachmentSource } from "./seal-attachment.ts"
export { SealError, type SealErrorCode } from "./seal-error.ts"
export { type ParcelInput, type SealedParcel, sealParcel, type Sender } from "./seal-parcel.ts"
export { sealPayload } from "./seal-payload.ts"
