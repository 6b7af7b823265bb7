import { concatBytes, equalBytes, uint32Bytes, utf8Bytes } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import type { Box } from "./box.ts"

/** Most files in a box: three for each of thousands of reports. */
export const MAX_BOX_FILES = 65_536
/** Largest box, in bytes: what an old computer's browser can hold in memory. */
export const MAX_BOX_BYTES = 1_073_741_824
const MAGIC = utf8Bytes("govah-box-1\n")
const HASH_BYTES = 32
const NAME = /^[a-z0-9-]{1,120}$/

/** Why a file is no box, or is not opened. */
export type BoxErrorCode = "not-a-box" | "unknown-version" | "damaged" | "too-long"

export class BoxError extends Error {
  override readonly name = "BoxError"
  readonly code: BoxErrorCode
  constructor(code: BoxErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Writes all files of a drawer as one. Source: `spec/box.md`. @throws BoxError `too-long`. */
export async function encodeBox(box: Box, primitives: Pick<Primitives, "sha256">): Promise<Uint8Array> {
  if (box.size > MAX_BOX_FILES) throw new BoxError("too-long", `${box.size} files`)
  const parts: Uint8Array[] = [MAGIC, uint32Bytes(box.size)]
  for (const name of [...box.keys()].sort()) {
    const file = box.get(name)
    if (file === undefined) continue
    const bytes = file.held.subarray(0, file.length)
    parts.push(Uint8Array.of(name.length), utf8Bytes(name), uint32Bytes(bytes.length), bytes)
  }
  const body = concatBytes(...parts)
  if (body.length + HASH_BYTES > MAX_BOX_BYTES) throw new BoxError("too-long", `${body.length} bytes`)
  return concatBytes(body, await primitives.sha256(body))
}

/**
 * Reads a box. That it is whole says nothing of who wrote it: what is in it is sealed, and judged by whoever opens it.
 *
 * @param received - attacker-controlled.
 * @throws BoxError.
 */
export async function decodeBox(received: Uint8Array, primitives: Pick<Primitives, "sha256">): Promise<Box> {
  if (received.length > MAX_BOX_BYTES) throw new BoxError("too-long", `${received.length} bytes`)
  const head = received.subarray(0, MAGIC.length)
  if (!equalBytes(head, MAGIC)) {
    // A first line that is cut is none of another version.
    const isOther = /^govah-box-(?!1$)\d+\n?$/.test(String.fromCharCode(...head))
    throw new BoxError(isOther ? "unknown-version" : "not-a-box", "this is not a box of this version")
  }
  const end = received.length - HASH_BYTES
  if (end < MAGIC.length + 4) throw new BoxError("damaged", "cut short")
  const body = received.subarray(0, end)
  if (!equalBytes(received.subarray(end), await primitives.sha256(body)))
    throw new BoxError("damaged", "the box is not as it was written")
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const box: Box = new Map()
  let at = MAGIC.length + 4
  let last = ""
  const count = view.getUint32(MAGIC.length)
  if (count > MAX_BOX_FILES) throw new BoxError("too-long", `${count} files`)
  for (let i = 0; i < count; i++) {
    const nameEnd = at + 1 + (body[at] ?? 0)
    if (nameEnd + 4 > end) throw new BoxError("damaged", `file ${i} is cut short`)
    const name = String.fromCharCode(...body.subarray(at + 1, nameEnd))
    const length = view.getUint32(nameEnd)
    at = nameEnd + 4 + length
    if (!NAME.test(name) || name <= last || at > end) throw new BoxError("damaged", `file ${i} is malformed`)
    last = name
    box.set(name, { held: body.slice(nameEnd + 4, at), length })
  }
  if (at !== end) throw new BoxError("damaged", `${end - at} bytes too many`)
  return box
}
