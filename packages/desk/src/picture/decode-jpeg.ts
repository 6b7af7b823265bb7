import { askDecoder } from "./ask-decoder.ts"
import type { Pixels } from "./scale-down.ts"

/**
 * The pixels of a JPEG, upright, scaled down to `maxSide`, decoded in WebAssembly in a worker that is ended after.
 *
 * @param jpeg - attacker-controlled.
 * @throws DeskError `bad-picture`, `picture-too-large`.
 */
export async function decodeJpeg(jpeg: Uint8Array, maxSide: number): Promise<Pixels> {
  return await askDecoder({ jpeg, maxSide, quality: null })
}
