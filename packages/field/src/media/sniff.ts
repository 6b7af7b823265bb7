import { MediaError } from "./media-error.ts"

/** What a file is said to be. `file`: anything, carried without a look inside. */
export type MediaKind = "photo" | "video" | "sound" | "file"

/** Bytes at the start of a file that {@link sniffMedia} needs. */
export const SNIFF_BYTES = 4096

/** The type of bytes that nobody claims to know: the desk offers them as a download alone. */
export const OPAQUE_TYPE = "application/octet-stream"

/**
 * The media type by the first bytes, or null where they are none of those that phones write. Not a promise that the
 * rest is whole: the field decodes nothing.
 *
 * @param head - the first {@link SNIFF_BYTES} of a file, or all of a shorter one.
 */
export function sniffMedia(head: Uint8Array): string | null {
  const ascii = String.fromCharCode(...head.subarray(0, 64))
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg"
  if (ascii.startsWith("\x89PNG\r\n\x1a\n")) return "image/png"
  if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP") return "image/webp"
  if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WAVE") return "audio/wav"
  if (ascii.slice(4, 8) === "ftyp") return isoMedia(ascii.slice(8, 12))
  if (ascii.startsWith("\x1a\x45\xdf\xa3")) return matroska(head)
  if (ascii.startsWith("OggS")) return "audio/ogg"
  // MPEG audio begins with an ID3 tag or a frame: eleven set bits, then version and layer, neither of them reserved.
  if (ascii.startsWith("ID3")) return "audio/mpeg"
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2) return "audio/mpeg"
  if (ascii.startsWith("%PDF-")) return OPAQUE_TYPE
  return null
}

/**
 * The media type to seal a file as.
 *
 * @param kind - what the sender says it is; null to go by the bytes alone.
 * @throws MediaError `empty`, `not-media`, `wrong-kind`.
 */
export function mediaType(head: Uint8Array, kind: MediaKind | null): string {
  if (head.length === 0) throw new MediaError("empty", "the file is empty")
  const type = sniffMedia(head)
  if (kind === "file") return type ?? OPAQUE_TYPE
  if (type === null) {
    throw new MediaError(
      "not-media",
      "the file is no photo, video or sound that can be told by its first bytes",
    )
  }
  if (kind !== null && !type.startsWith(PREFIX_BY_KIND[kind])) {
    throw new MediaError("wrong-kind", `the file is not a ${kind} but ${type}`)
  }
  return type
}

const PREFIX_BY_KIND = { photo: "image/", video: "video/", sound: "audio/" } as const

// The first brand of an ISO base media file (ISO/IEC 14496-12).
function isoMedia(brand: string): string {
  if (/^(heic|heix|heim|heis|hevc|mif1|msf1)$/.test(brand)) return "image/heic"
  if (/^avi[fs]$/.test(brand)) return "image/avif"
  if (brand.startsWith("qt")) return "video/quicktime"
  if (/^M4[AB] $/.test(brand)) return "audio/mp4"
  return "video/mp4"
}

// The EBML header of a Matroska file names its document type in its first bytes.
function matroska(head: Uint8Array): string | null {
  const ascii = String.fromCharCode(...head.subarray(0, 128))
  return ascii.includes("webm") ? "video/webm" : ascii.includes("matroska") ? "video/x-matroska" : null
}
