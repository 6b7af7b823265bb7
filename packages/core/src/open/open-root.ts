import * as v from "valibot"
import { fromBase64Url, type Json } from "../bytes/index.ts"
import { CELL_BYTES, looksLikeRoot } from "../cell/index.ts"
import { NONCE_BYTES, type RootDocument, RootDocumentSchema, TAG_BYTES } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, verifyLine } from "../signed/index.ts"
import { ageFileKey } from "./age-file-key.ts"
import { OpenError } from "./open-error.ts"
import { openPayload } from "./open-payload.ts"

/** A root that our key opened. */
export interface OpenedRoot {
  readonly document: RootDocument
  /** Whether the key in `document.sender.key` signed it. A bad signature is shown to the desk, never hidden. */
  readonly signatureValid: boolean
}

/**
 * Opens a root cell with the identities that a desk still holds.
 *
 * @param cell - one whole cell, attacker-controlled.
 * @param desk - the desk's verify key, base64url: a root sealed for another desk is refused.
 * @returns null where it is not a root for us.
 * @throws OpenError `tampered`, `truncated`, `too-long`, `mixed-recipients`, `malformed`, `unknown-version`,
 *   `wrong-desk`.
 */
export async function openRoot(
  cell: Uint8Array,
  identities: readonly string[],
  desk: string,
  primitives: Primitives,
): Promise<OpenedRoot | null> {
  // What does not begin as a root is a body cell: it is no one's root, and a relay would not forget it as one.
  if (!looksLikeRoot(cell)) return null
  const key = await ageFileKey(cell, identities)
  if (key === null) return null
  if (cell.length < CELL_BYTES)
    throw new OpenError("truncated", `${CELL_BYTES - cell.length} bytes are missing`)
  if (cell.length > CELL_BYTES) throw new OpenError("too-long", `a root cell has ${CELL_BYTES} bytes`)
  const payload = cell.subarray(key.headerBytes)
  const plaintextBytes = payload.length - NONCE_BYTES - TAG_BYTES
  if (plaintextBytes < 1) throw new OpenError("truncated", "the root ends before its contents")
  const plaintext = await firstPiece(openPayload(key.fileKey, plaintextBytes, once(payload), primitives))
  return await readRoot(plaintext, desk, primitives)
}

async function readRoot(plaintext: Uint8Array, desk: string, primitives: Primitives): Promise<OpenedRoot> {
  const line = parseSignedLine(plaintext)
  if (line === null || !line.rest.every((byte) => byte === 0x20)) {
    throw new OpenError("malformed", "the root opens, but does not hold a signed document and spaces")
  }
  const parsed = v.safeParse(RootDocumentSchema, line.document)
  if (!parsed.success) {
    const version = (line.document as { v?: Json } | null)?.v
    if (typeof version === "number" && version > 1) {
      throw new OpenError("unknown-version", `root version ${version} is newer than this program`)
    }
    const at = v.getDotPath(parsed.issues[0]) ?? "document"
    throw new OpenError("malformed", `the root opens, but its ${at} is not well-formed`)
  }
  const document = parsed.output
  if (document.desk !== desk) throw new OpenError("wrong-desk", "the root was sealed for another desk")
  const senderKey = fromBase64Url(document.sender.key)
  const signatureValid =
    senderKey?.length === 32 && (await verifyLine("govah-root-v1", line, senderKey, primitives))
  return { document, signatureValid }
}

// A root's plaintext is shorter than one chunk of the payload: all of it comes as one piece.
async function firstPiece(pieces: AsyncGenerator<Uint8Array, void, void>): Promise<Uint8Array> {
  const first = await pieces.next()
  const second = await pieces.next()
  if (first.done === true || second.done !== true)
    throw new OpenError("malformed", "the root is longer than a root")
  return first.value
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes
}
