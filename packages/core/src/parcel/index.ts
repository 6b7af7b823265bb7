export { formatCellList, parseCellList } from "./cell-list.ts"
export {
  CHUNK_BYTES,
  chunkNonce,
  FILE_KEY_BYTES,
  MAX_HEADER_BYTES,
  NONCE_BYTES,
  payloadBytes,
  payloadKey,
  plaintextBytes,
  sliceFileKey,
  TAG_BYTES,
} from "./payload.ts"
export { spentPieces } from "./spent-pieces.ts"
export {
  type Annex,
  AnnexSchema,
  type Attachment,
  type ClosingBody,
  ClosingBodySchema,
  type ClosingRoot,
  ClosingRootSchema,
  type FinalRoot,
  FinalRootSchema,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  MAX_SLICES,
  MediaTypeSchema,
  type ParcelBody,
  ParcelBodySchema,
  type ProvisionalRoot,
  ProvisionalRootSchema,
  RootHeadSchema,
} from "./root-document.ts"
