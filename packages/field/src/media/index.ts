export { MediaError, type MediaErrorCode } from "./media-error.ts"
export { type MediaKind, mediaType, OPAQUE_TYPE, SNIFF_BYTES, sniffMedia } from "./sniff.ts"
