import type { AttachmentSource } from "@govah/core/seal"
import { MediaError, mediaType, SNIFF_BYTES } from "../media/index.ts"

/** What of a browser's `File` is used. */
export interface PhotoFile {
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** A photo on its way to being sealed: a file that is read as it is sealed, or bytes that never were a file. */
export type Photo = PhotoFile | Uint8Array

const PIECE_BYTES = 262_144

/** Looks at the first bytes and gives a source. @throws MediaError `unreadable`, `empty`, `not-media`, `wrong-kind`. */
export async function photoSource(photo: Photo): Promise<AttachmentSource> {
  if (photo instanceof Uint8Array) {
    return { type: mediaType(photo.subarray(0, SNIFF_BYTES), "photo"), open: () => [photo] }
  }
  return { type: mediaType(await bytesOf(photo, 0, SNIFF_BYTES), "photo"), open: () => piecesOf(photo) }
}

// Piece by piece: the whole file never lies in memory, and no copy of it is made on disk.
async function* piecesOf(file: PhotoFile): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < file.size; at += PIECE_BYTES) yield await bytesOf(file, at, at + PIECE_BYTES)
}

async function bytesOf(file: PhotoFile, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch (cause) {
    throw new MediaError("unreadable", "the photo cannot be read", { cause })
  }
}
