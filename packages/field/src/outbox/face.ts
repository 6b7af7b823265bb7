import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"

/** What a parcel is made of, most telling first. */
export const FACE_KINDS = ["video", "photo", "sound", "file", "words"] as const
export type FaceKind = (typeof FACE_KINDS)[number]

/** Longest place, in characters: it is cut. */
export const MAX_FACE_PLACE = 120
/** Largest picture, in bytes; one that is larger is left out. */
export const MAX_THUMBNAIL_BYTES = 4096

/**
 * By what a person knows one of their own parcels again while it waits. It lies sealed in the parcel's record, and goes
 * in the same step as the cells: when the desk has them there is nothing left of what was said.
 */
export interface Face {
  /** When it was kept: UTC to the minute, YYYY-MM-DDTHH:MM. */
  readonly at: string
  readonly kind: FaceKind
  /** As it was said; may be empty. */
  readonly place: string
  /** A small JPEG. */
  readonly thumbnail: Uint8Array | null
}

/** A face as it is sealed. What is too long is cut or left out: it must never stop a report from being kept. */
export function faceJson(face: Face | null): Json {
  if (face === null) return null
  const { thumbnail } = face
  return {
    at: face.at.slice(0, 16),
    kind: face.kind,
    place: face.place.slice(0, MAX_FACE_PLACE),
    thumbnail: thumbnail === null || thumbnail.length > MAX_THUMBNAIL_BYTES ? null : toBase64Url(thumbnail),
  }
}

/** The face in a record, or null where there is none. */
export function asFace(json: Json | null): Face | null {
  const { at, kind, place, thumbnail } = (json ?? {}) as Record<string, Json | undefined>
  const known = FACE_KINDS.find((one) => one === kind)
  if (typeof at !== "string" || known === undefined || typeof place !== "string") return null
  return {
    at,
    kind: known,
    place,
    thumbnail: typeof thumbnail === "string" ? fromBase64Url(thumbnail) : null,
  }
}
