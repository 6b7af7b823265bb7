import { concatBytes, fromBase64, toBase64, utf8Bytes } from "../bytes/index.ts"
import { ReleaseError } from "./release-error.ts"

/** Longest trailer: a release file in base64, and the comment around it. */
const MAX_TRAILER_BYTES = 131_072
const OPENING = "\n<!--govah-release\n"
const CLOSING = "\n-->\n"

/** The edition in one file, taken apart. */
export interface SingleFile {
  /** The program: what the manifest's `file` names. */
  readonly body: Uint8Array
  /** A release file. */
  readonly release: Uint8Array
}

/**
 * Puts a release's proof behind the edition in one file, in a comment of HTML: the file can then be checked by itself,
 * and its hash does not depend on its own signature.
 */
export function joinSingleFile({ body, release }: SingleFile): Uint8Array {
  return concatBytes(body, utf8Bytes(`${OPENING}${toBase64(release)}${CLOSING}`))
}

/**
 * Takes the edition in one file apart; nothing of it is verified. Null where it has no trailer: it was never released.
 *
 * Nothing but one line of canonical base64 can stand in the trailer, so that nothing in it can be run.
 *
 * @param received - attacker-controlled; the caller bounds the length.
 * @throws ReleaseError `malformed` where there is a trailer and it is damaged.
 */
export function splitSingleFile(received: Uint8Array): SingleFile | null {
  const from = Math.max(0, received.length - MAX_TRAILER_BYTES)
  // One character a byte, so that places in the text are places in the file.
  const end = latin(received.subarray(from))
  const at = end.lastIndexOf(OPENING)
  if (at < 0) return null
  const inside = end.slice(at + OPENING.length)
  const release = inside.endsWith(CLOSING) ? fromBase64(inside.slice(0, -CLOSING.length)) : null
  if (release === null || release.length === 0)
    throw new ReleaseError("malformed", "the end of the file is damaged")
  return { body: received.subarray(0, from + at), release }
}

function latin(bytes: Uint8Array): string {
  let text = ""
  for (let i = 0; i < bytes.length; i += 4_096) text += String.fromCharCode(...bytes.subarray(i, i + 4_096))
  return text
}
