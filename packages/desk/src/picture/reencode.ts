import { DeskError } from "../desk-error.ts"
import { askDecoder } from "./ask-decoder.ts"
import type { Reencoded } from "./reencode-worker.ts"
import { unexpectedSegment } from "./segments.ts"

/** Longest side of a public copy, in pixels. */
export const MAX_SIDE = 1_600
const QUALITY = 80

/**
 * Decodes a JPEG, turns it upright, scales it down and encodes it anew, in WebAssembly in a worker that is ended after.
 *
 * Nothing of the original file but its pixels can be in the result; that it holds no metadata is checked nevertheless.
 *
 * @param jpeg - attacker-controlled.
 * @throws DeskError `bad-picture`, `picture-too-large`.
 */
export async function reencodeJpeg(jpeg: Uint8Array): Promise<Reencoded> {
  const answer = await askDecoder({ jpeg, maxSide: MAX_SIDE, quality: QUALITY })
  const segment = unexpectedSegment(answer.jpeg)
  if (segment !== null) throw new DeskError("bad-picture", `the copy holds ${segment}, which it must not`)
  return answer
}
