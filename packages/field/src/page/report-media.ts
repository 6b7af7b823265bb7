import type { Medium } from "../engine/medium.ts"
import { type MediaKind, SNIFF_BYTES, sniffMedia } from "../media/index.ts"
import { thumbnailOfPicture } from "./thumbnail.ts"

/** What a report shows or lets hear. */
export type ShownKind = Exclude<MediaKind, "file">

/** One photo, video or sound that goes with a report. */
export interface ReportMedium {
  readonly kind: ShownKind
  readonly medium: Medium
  readonly bytes: number
  /** Whether the phone has it too: then a copy stays there. */
  readonly isFromPhone: boolean
  /** Null where it cannot be drawn. */
  readonly thumbnail: Uint8Array | null
}

/** What was recorded in the page: it lies sealed in the engine already. */
export interface Recorded {
  readonly kind: "video" | "sound"
  readonly bytes: number
  readonly seconds: number
  readonly hasSound: boolean
  readonly thumbnail: Uint8Array | null
}

/** Most media of one report, a recording among them. The format takes more; a phone's memory and a thumb do not. */
export const MAX_MEDIA = 30

/** A photo that was taken here. */
export async function takenPhoto(jpeg: Uint8Array): Promise<ReportMedium> {
  const thumbnail = await thumbnailOfPicture(new Blob([new Uint8Array(jpeg)]))
  return { kind: "photo", medium: jpeg, bytes: jpeg.length, isFromPhone: false, thumbnail }
}

/** A file that the phone has, or null where it is no photo, video or sound by its first bytes. */
export async function chosenFile(file: File): Promise<ReportMedium | null> {
  // A slice has no name: from here on nothing knows what the file is called.
  const nameless = file.slice(0, file.size)
  const kind = await kindOf(nameless).catch(() => null)
  if (kind === null) return null
  const thumbnail = kind === "photo" ? await thumbnailOfPicture(nameless) : null
  const medium = nameless as Blob & Medium
  return { kind, medium, bytes: file.size, isFromPhone: true, thumbnail }
}

async function kindOf(file: Blob): Promise<ShownKind | null> {
  const type = sniffMedia(new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer())) ?? ""
  if (type.startsWith("image/")) return "photo"
  if (type.startsWith("video/")) return "video"
  return type.startsWith("audio/") ? "sound" : null
}
