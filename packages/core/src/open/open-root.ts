import * as v from "valibot"
import { fromBase64Url, type Json } from "../bytes/index.ts"
import { CELL_BYTES, looksLikeRoot } from "../cell/index.ts"
import {
  type ClosingRoot,
  ClosingRootSchema,
  type FinalRoot,
  FinalRootSchema,
  NONCE_BYTES,
  type ProvisionalRoot,
  ProvisionalRootSchema,
  TAG_BYTES,
} from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, verifyLine } from "../signed/index.ts"
import { ageFileKey } from "./age-file-key.ts"
import { OpenError } from "./open-error.ts"
import { openPayload } from "./open-payload.ts"

/** A root that our key opened, which says what a whole parcel holds. */
export interface OpenedRoot {
  readonly part: "final"
  readonly document: FinalRoot
  /** Whether the key in `document.sender.key` signed it. A bad signature is shown to the desk, never hidden. */
  readonly signatureValid: boolean
}

/** The root of a recording that was sealed before its first slice. */
export interface OpenedProvisional {
  readonly part: "provisional"
  readonly document: ProvisionalRoot
  /** As in {@link OpenedRoot}. */
  readonly signatureValid: boolean
}

/** The root that joins what a crash left of a recording. */
export interface OpenedClosing {
  readonly part: "closing"
  readonly document: ClosingRoot
  /** Whether the key in `document.closer` signed it. Whose key that is, the provisional root says. */
  readonly signatureValid: boolean
}

export type AnyOpenedRoot = OpenedRoot | OpenedProvisional | OpenedClosing

/**
 * Opens a root cell that holds a whole report: what {@link openAnyRoot} does, for a reader that knows no recordings.
 *
 * @throws OpenError as there, and `part-of-recording` where it is a provisional or closing root.
 */
export async function openRoot(
  cell: Uint8Array,
  identities: readonly string[],
  desk: string,
  primitives: Primitives,
): Promise<OpenedRoot | null> {
  const opened = await openAnyRoot(cell, identities, desk, primitives)
  if (opened === null || opened.part === "final") return opened
  throw new OpenError(
    "part-of-recording",
    `a ${opened.part} root is a report only with the other of its kind`,
  )
}

/**
 * Opens a root cell of any kind with the identities that a desk still holds.
 *
 * @param cell - one whole cell, attacker-controlled.
 * @param desk - the desk's verify key, base64url: a root sealed for another desk is refused.
 * @returns null where it is not a root for us.
 * @throws OpenError `tampered`, `truncated`, `too-long`, `mixed-recipients`, `malformed`, `unknown-version`,
 *   `wrong-desk`.
 */
export async function openAnyRoot(
  cell: Uint8Array,
  identities: readonly string[],
  desk: string,
  primitives: Primitives,
): Promise<AnyOpenedRoot | null> {
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

async function readRoot(plaintext: Uint8Array, desk: string, primitives: Primitives): Promise<AnyOpenedRoot> {
  const line = parseSignedLine(plaintext)
  if (line === null || !line.rest.every((byte) => byte === 0x20)) {
    throw new OpenError("malformed", "the root opens, but does not hold a signed document and spaces")
  }
  const read = readDocument(line.document)
  if (read.document.desk !== desk) throw new OpenError("wrong-desk", "the root was sealed for another desk")
  const signer = fromBase64Url(read.part === "closing" ? read.document.closer : read.document.sender.key)
  const signatureValid =
    signer?.length === 32 && (await verifyLine("govah-root-v1", line, signer, primitives))
  return { ...read, signatureValid }
}

type Read<T extends AnyOpenedRoot> = T extends unknown ? Omit<T, "signatureValid"> : never

// Which of the three it is, one field says that the other two do not have.
function readDocument(document: Json): Read<AnyOpenedRoot> {
  const fields = document as { readonly [field: string]: Json }
  if ("recording" in fields) {
    return { part: "provisional", document: parsed(ProvisionalRootSchema, document) }
  }
  if ("closer" in fields) return { part: "closing", document: parsed(ClosingRootSchema, document) }
  return { part: "final", document: parsed(FinalRootSchema, document) }
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, document: Json): v.InferOutput<Schema> {
  const result = v.safeParse(schema, document)
  if (result.success) return result.output
  const version = (document as { v?: Json }).v
  if (typeof version === "number" && version > 1) {
    throw new OpenError("unknown-version", `root version ${version} is newer than this program`)
  }
  const at = v.getDotPath(result.issues[0]) ?? "document"
  throw new OpenError("malformed", `the root opens, but its ${at} is not well-formed`)
}

// A root's plaintext is shorter than one chunk of the payload: all of it comes as one piece.
async function firstPiece(pieces: AsyncGenerator<Uint8Array, void, void>): Promise<Uint8Array> {
  const first = await pieces.next()
  // It is ours only until the next is pulled.
  const plaintext = first.value?.slice()
  const second = await pieces.next()
  if (plaintext === undefined || second.done !== true)
    throw new OpenError("malformed", "the root is longer than a root")
  return plaintext
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes
}
