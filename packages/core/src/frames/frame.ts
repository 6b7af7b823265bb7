import { concatBytes, toHex, uint32Bytes } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { MAX_SHARDS } from "../erasure/index.ts"
import { fromBase45, toBase45 } from "./base45.ts"
import { crc32 } from "./crc32.ts"
import { FrameError } from "./frame-error.ts"

/** What a run of frames carries. */
export type FrameKind = "cell" | "card" | "invitation"

/** Longest text of a frame: the largest QR code there is, in alphanumeric mode (version 40, lowest correction). */
export const MAX_FRAME_CHARS = 4_296
/** Longest thing that frames carry, in bytes: a cell. A card of four terms is a third of that. */
export const MAX_OBJECT_BYTES: number = CELL_BYTES

/** One picture's worth: a symbol of an object, and what it takes to know where it belongs. */
export interface Frame {
  readonly kind: FrameKind
  /** SHA-256 of the object, 32 B: what is rebuilt must have it. */
  readonly id: Uint8Array
  /** Bytes of the object, 1 to {@link MAX_OBJECT_BYTES}. */
  readonly objectBytes: number
  /** How many symbols rebuild the object, 1 to 255. */
  readonly count: number
  /** 0 to 255; from `count` on it is a repair symbol. */
  readonly index: number
  /** ceil(objectBytes / count) bytes. */
  readonly symbol: Uint8Array
}

const VERSION = 1
const KINDS: readonly FrameKind[] = ["cell", "card", "invitation"]
const HEAD_BYTES = 38
const CRC_BYTES = 4

/** Bytes of a frame besides its symbol. */
export const FRAME_OVERHEAD_BYTES: number = HEAD_BYTES + CRC_BYTES

/** A frame as text in base45. Source: `spec/qr.md`. */
export function formatFrame(frame: Frame): string {
  const { kind, id, objectBytes, count, index, symbol } = frame
  const body = concatBytes(
    Uint8Array.of(VERSION, KINDS.indexOf(kind) + 1),
    id,
    Uint8Array.of(objectBytes >> 8, objectBytes & 255, count, index),
    symbol,
  )
  return toBase45(concatBytes(body, uint32Bytes(crc32(body))))
}

/**
 * Reads one frame.
 *
 * @param received - the text of a QR code: attacker-controlled, of any length. What follows from it (memory above all)
 * is bounded here: nothing in it may promise more than a cell.
 * @throws FrameError `malformed`, `unknown-version`, `too-long`.
 */
export function parseFrame(received: string): Frame {
  if (received.length > MAX_FRAME_CHARS) throw new FrameError("too-long", "longer than any QR code of ours")
  const bytes = fromBase45(received)
  if (bytes === null || bytes.length <= FRAME_OVERHEAD_BYTES) throw malformed()
  const body = bytes.subarray(0, -CRC_BYTES)
  if (toHex(uint32Bytes(crc32(body))) !== toHex(bytes.subarray(-CRC_BYTES))) throw malformed()
  const [version, kindNumber] = body as unknown as [number, number]
  if (version !== VERSION)
    throw new FrameError("unknown-version", `a frame of kind ${version}, which is newer`)
  const kind = KINDS[kindNumber - 1]
  const objectBytes = (body[34] as number) * 256 + (body[35] as number)
  const [count, index] = [body[36] as number, body[37] as number]
  const symbol = body.slice(HEAD_BYTES)
  if (kind === undefined || count < 1 || count >= MAX_SHARDS) throw malformed()
  if (objectBytes < 1 || objectBytes > MAX_OBJECT_BYTES || (kind === "cell" && objectBytes !== CELL_BYTES)) {
    throw malformed()
  }
  if (symbol.length !== Math.ceil(objectBytes / count)) throw malformed()
  return { kind, id: body.slice(2, 34), objectBytes, count, index, symbol }
}

function malformed(): FrameError {
  return new FrameError("malformed", "this QR code is not a frame of ours, or was misread")
}
