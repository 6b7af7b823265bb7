export { MediaError, type MediaErrorCode } from "./media-error.ts"
export { MAX_PREVIEW_BYTES, PREVIEW_TYPE, previewOf } from "./preview.ts"
export { type MediaKind, mediaType, OPAQUE_TYPE, SNIFF_BYTES, sniffMedia } from "./sniff.ts"
