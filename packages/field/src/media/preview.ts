import type { AttachmentSource } from "@govah/core/seal"
import { sniffMedia } from "./sniff.ts"

/** What a preview is sealed as (`spec/root.md`): its bytes are a JPEG or WebP, drawn by the phone, and no evidence. */
export const PREVIEW_TYPE = "image/vnd.govah.preview"

/** Most bytes of a preview: with its seal it fills a part of one cell. */
export const MAX_PREVIEW_BYTES = 4_096

/** Media below this, all together, are at the desk about as soon as a preview would be. */
const PREVIEW_FROM_BYTES = 1_000_000

/**
 * A small picture that travels before the media, so that a desk sees what comes before it has come.
 *
 * @param thumbnail - null where the media have no picture.
 * @param mediaBytes - of everything that goes with the report.
 * @returns none where it is not worth it, or is no small picture.
 */
export function previewOf(thumbnail: Uint8Array | null, mediaBytes: number): readonly AttachmentSource[] {
  if (thumbnail === null || mediaBytes < PREVIEW_FROM_BYTES || thumbnail.length > MAX_PREVIEW_BYTES) return []
  const type = sniffMedia(thumbnail)
  if (type !== "image/jpeg" && type !== "image/webp") return []
  return [{ type: PREVIEW_TYPE, isAhead: true, open: () => [thumbnail] }]
}
