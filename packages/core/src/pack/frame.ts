import { concatBytes, equalBytes, toHex, uint32Bytes } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { crc32 } from "../frames/index.ts"

/** What a frame of the stream carries: the signed head, a cell of the table, or a cell of the pack. */
export type PackFrameKind = "head" | "table" | "cell"

/** One frame: 32 bytes that say where it belongs, and 16,384 bytes. Nothing in it is believed before its hash is. */
export interface PackFrame {
  readonly kind: PackFrameKind
  /** First 8 bytes of the SHA-256 of the pack's head, hex: which pack it belongs to. */
  readonly pack: string
  /** Which cell of its kind, 0 to 2^32 - 1. */
  readonly number: number
  readonly body: Uint8Array
}

// The first byte is not of ASCII, the last is the version, and between them stands what a person with a hex editor reads.
const MARK = Uint8Array.of(0x93, 0x47, 0x4f, 0x56, 0x41, 0x48, 0x50, 0x01)
const KINDS: readonly PackFrameKind[] = ["head", "table", "cell"]
const HEADER_BYTES = 32
const CHECKED_BYTES = 28
/** Bytes of a frame. */
export const PACK_FRAME_BYTES: number = HEADER_BYTES + CELL_BYTES

/** Writes a frame. Source: `spec/pack.md`. */
export function formatPackFrame({ kind, pack, number, body }: PackFrame): Uint8Array {
  const tag = Uint8Array.from({ length: 8 }, (_, i) => Number.parseInt(pack.slice(2 * i, 2 * i + 2), 16))
  const checked = concatBytes(
    MARK,
    Uint8Array.of(KINDS.indexOf(kind) + 1),
    tag,
    uint32Bytes(number),
    new Uint8Array(7),
  )
  return concatBytes(checked, uint32Bytes(crc32(checked)), body)
}

/**
 * Finds frames in a stream, from wherever it begins and however much of it is missing or false.
 *
 * It looks for the mark and a header whose checksum fits. Where the next frame does not follow at once, bytes were lost
 * inside this one, and the search goes on inside it. Memory: two frames and one chunk.
 *
 * @param stream - attacker-controlled, of any length, in chunks of any length.
 */
export async function* scanPackFrames(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<PackFrame, void, void> {
  let held: Uint8Array = new Uint8Array()
  for await (const chunk of stream) {
    held = held.length === 0 ? chunk : concatBytes(held, chunk)
    // A frame is judged with the beginning of the next one in sight.
    const { frames, rest } = take(held, PACK_FRAME_BYTES + HEADER_BYTES)
    yield* frames
    held = rest.slice()
  }
  yield* take(held, PACK_FRAME_BYTES).frames
}

function take(held: Uint8Array, sight: number): { frames: readonly PackFrame[]; rest: Uint8Array } {
  const frames: PackFrame[] = []
  let at = findHeader(held, 0)
  while (at + sight <= held.length) {
    const header = held.subarray(at, at + HEADER_BYTES)
    const end = at + PACK_FRAME_BYTES
    frames.push({
      kind: KINDS[(header[8] as number) - 1] as PackFrameKind,
      pack: toHex(header.subarray(9, 17)),
      number: new DataView(header.buffer, header.byteOffset).getUint32(17),
      body: held.slice(at + HEADER_BYTES, end),
    })
    at = end === held.length || isHeader(held, end) ? end : findHeader(held, at + 1)
  }
  return { frames, rest: held.subarray(at) }
}

// The place of the next header, or as far as one cannot begin.
function findHeader(held: Uint8Array, from: number): number {
  for (
    let at = held.indexOf(MARK[0] as number, from);
    at >= 0;
    at = held.indexOf(MARK[0] as number, at + 1)
  ) {
    if (at + HEADER_BYTES > held.length || isHeader(held, at)) return at
  }
  return held.length
}

function isHeader(held: Uint8Array, at: number): boolean {
  const header = held.subarray(at, at + HEADER_BYTES)
  if (header.length < HEADER_BYTES || !equalBytes(header.subarray(0, MARK.length), MARK)) return false
  if (KINDS[(header[8] as number) - 1] === undefined || header.subarray(21, 28).some((byte) => byte !== 0))
    return false
  return equalBytes(uint32Bytes(crc32(header.subarray(0, CHECKED_BYTES))), header.subarray(CHECKED_BYTES))
}
