import { repairShard } from "../erasure/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { FrameError } from "./frame-error.ts"
import { type Frame, type FrameKind, FRAME_OVERHEAD_BYTES, formatFrame, MAX_OBJECT_BYTES } from "./frame.ts"

/**
 * Characters of a frame that fit QR version 20 with medium correction: read at arm's length by a cheap phone, and a cell
 * is 28 symbols. Why: `docs/adr/0013-qr-frames.md`.
 */
export const FRAME_CHARS = 970

/**
 * All frames of one object, as text: data symbols, then as many repair symbols, at most 256 in all. Shown in a loop; any
 * `count` different ones rebuild it.
 *
 * @param object - 1 to {@link MAX_OBJECT_BYTES} bytes; a cell is exactly one cell long.
 * @param frameChars - how many characters a frame may have, 100 to 4,296.
 * @throws FrameError `too-long`.
 */
export async function makeFrames(
  kind: FrameKind,
  object: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
  frameChars: number = FRAME_CHARS,
): Promise<readonly string[]> {
  if (object.length < 1 || object.length > MAX_OBJECT_BYTES) {
    throw new FrameError("too-long", `frames carry at most ${MAX_OBJECT_BYTES} bytes, not ${object.length}`)
  }
  const most = Math.floor((frameChars * 2) / 3) - FRAME_OVERHEAD_BYTES
  const count = Math.ceil(object.length / most)
  // Half of them repair: with less, 30 % lost pictures would need a second round.
  if (most < 1 || 2 * count > 256) throw new FrameError("too-long", "frames are too small for this object")
  const symbolBytes = Math.ceil(object.length / count)
  const data = Array.from({ length: count }, (_, j) => {
    const symbol = new Uint8Array(symbolBytes)
    symbol.set(object.subarray(j * symbolBytes, (j + 1) * symbolBytes))
    return symbol
  })
  const id = await primitives.sha256(object)
  const frame = (index: number): Frame => ({
    kind,
    id,
    objectBytes: object.length,
    count,
    index,
    symbol: data[index] ?? repairShard(data, index),
  })
  return Array.from({ length: Math.max(2 * count, count + 2) }, (_, index) => formatFrame(frame(index)))
}
