import type { AttachmentSource } from "@govah/core/seal"
import { MediaError, mediaType, SNIFF_BYTES } from "../media/index.ts"

/** What of a browser's `Blob` or `File` is used. Never its name: it can name a person. */
export interface ReadableFile {
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** A photo, video or sound on its way to being sealed: a file that is read as it is sealed, or bytes that never were one. */
export type Medium = ReadableFile | Uint8Array

const PIECE_BYTES = 262_144

/**
 * Looks at the first bytes and gives a source.
 *
 * @param onPiece - called before each piece is sealed, with its length; what it throws ends the sealing.
 * @throws MediaError `unreadable`, `empty`, `not-media`.
 */
export async function mediumSource(
  medium: Medium,
  onPiece: (bytes: number) => void,
): Promise<AttachmentSource> {
  const head =
    medium instanceof Uint8Array ? medium.subarray(0, SNIFF_BYTES) : await bytesOf(medium, 0, SNIFF_BYTES)
  return { type: mediaType(head, null), open: () => piecesOf(medium, onPiece) }
}

export function mediumBytes(medium: Medium): number {
  return medium instanceof Uint8Array ? medium.length : medium.size
}

// Piece by piece: the whole file never lies in memory, and no copy of it is made on disk.
async function* piecesOf(
  medium: Medium,
  onPiece: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const size = mediumBytes(medium)
  for (let at = 0; at < size; at += PIECE_BYTES) {
    const end = Math.min(size, at + PIECE_BYTES)
    onPiece(end - at)
    yield medium instanceof Uint8Array ? medium.subarray(at, end) : await bytesOf(medium, at, end)
  }
}

async function bytesOf(file: ReadableFile, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch (cause) {
    throw new MediaError("unreadable", "the file cannot be read", { cause })
  }
}
