import { type FileHandle, open } from "node:fs/promises"
import type { AttachmentSource } from "@govah/core/seal"
import { MediaError, type MediaKind, mediaType, SNIFF_BYTES } from "../media/index.ts"

/** A file to seal into a report. Its name is not carried. */
export interface FileAttachment {
  readonly path: string
  /** What the sender says it is; left out: whatever its first bytes say. `file`: carried without a look inside. */
  readonly kind?: MediaKind
}

/** Bytes read at a time: one chunk of the sealed payload. */
const PIECE_BYTES = 65_536

/**
 * Looks at the first bytes of a file and gives a source that streams it; memory stays flat whatever its size.
 *
 * @throws MediaError `unreadable` (missing, a folder, no permission), `empty`, `not-media`, `wrong-kind`.
 */
export async function attachFile(attachment: FileAttachment): Promise<AttachmentSource> {
  const handle = await openReadable(attachment.path)
  let head: Uint8Array
  try {
    const buffer = new Uint8Array(SNIFF_BYTES)
    const { bytesRead } = await handle.read(buffer, 0, SNIFF_BYTES, 0)
    head = buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw new MediaError("unreadable", "the file cannot be read", { cause })
  } finally {
    await handle.close()
  }
  return { type: mediaType(head, attachment.kind ?? null), open: () => piecesOf(attachment.path) }
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array, void, void> {
  const handle = await openReadable(path)
  try {
    const buffer = new Uint8Array(PIECE_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES, null).catch((cause: unknown) => {
        throw new MediaError("unreadable", "the file cannot be read to its end", { cause })
      })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

async function openReadable(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r")
  } catch (cause) {
    throw new MediaError("unreadable", "the file is missing or may not be read", { cause })
  }
}
