export { formatCellList, parseCellList } from "./cell-list.ts"
export {
  CHUNK_BYTES,
  chunkNonce,
  FILE_KEY_BYTES,
  MAX_HEADER_BYTES,
  NONCE_BYTES,
  payloadBytes,
  payloadKey,
  sliceFileKey,
  TAG_BYTES,
} from "./payload.ts"
export {
  type Annex,
  AnnexSchema,
  type Attachment,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  MAX_SLICES,
  MediaTypeSchema,
  type ParcelBody,
  ParcelBodySchema,
  type RootDocument,
  RootDocumentSchema,
  RootHeadSchema,
  type Slice,
} from "./root-document.ts"
