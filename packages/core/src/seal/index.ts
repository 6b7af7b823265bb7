export { type AgeHeader, makeAgeHeader, type RecipientRules } from "./age-header.ts"
export { SealError, type SealErrorCode } from "./seal-error.ts"
export {
  type AttachmentSource,
  type ParcelInput,
  type SealedCell,
  type SealedParcel,
  sealParcel,
} from "./seal-parcel.ts"
export { sealPayload } from "./seal-payload.ts"
