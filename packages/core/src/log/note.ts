import { concatBytes, equalBytes, fromBase64, toBase64, utf8Bytes, utf8Text } from "../bytes/index.ts"
import type { Awaitable } from "../primitives/index.ts"
import { isKeyName, type VerifierKey, verifierKey } from "./key.ts"
import { LogError } from "./log-error.ts"

/** Longest note that is read, in bytes: a checkpoint is under 1 kB; without a limit a hostile mirror picks our memory. */
export const MAX_NOTE_BYTES = 65_536
const MAX_SIGNATURES = 100

/** One signature line. What it signs with is known only once a key of that name and id is at hand. */
export interface NoteSignature {
  readonly name: string
  /** 4 bytes. */
  readonly keyId: Uint8Array
  /** As claimed; 64 bytes for Ed25519, other types differ. */
  readonly signature: Uint8Array
}

/** A note as received: well-formed, and nothing about it verified. */
export interface NoteUnverified {
  /** Ends in a newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Checks one Ed25519 signature; `Primitives["verify"]` is one. */
export type VerifySignature = (
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Awaitable<boolean>

/** Who signs: a name, a public key, and a function over whoever holds the secret. */
export interface NoteSigner {
  readonly name: string
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Awaitable<Uint8Array>
}

/**
 * Reads a signed note: text, a blank line, one or more lines `— name base64(id ‖ signature)`.
 *
 * Accepted subset of C2SP signed-note: strict UTF-8; no control character but newline; at most {@link MAX_NOTE_BYTES}
 * and 100 signatures; canonical base64. Nothing may follow the last signature line.
 *
 * @throws LogError `not-utf8`, `bad-note`, `too-long`.
 */
export function parseNote(received: Uint8Array): NoteUnverified {
  if (received.length > MAX_NOTE_BYTES) throw new LogError("too-long", `note of ${received.length} bytes`)
  const whole = utf8Text(received)
  if (whole === null) throw new LogError("not-utf8", `note of ${received.length} bytes`)
  if (/[^\P{Cc}\n]/u.test(whole)) throw new LogError("bad-note", "a control character")
  const split = whole.lastIndexOf("\n\n")
  if (split < 0 || !whole.endsWith("\n")) throw new LogError("bad-note", "no signature block")
  const lines = whole.slice(split + 2, -1).split("\n")
  if (lines.length > MAX_SIGNATURES) throw new LogError("bad-note", `${lines.length} signatures`)
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(" ")
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (
    dash !== "—" ||
    name === undefined ||
    !isKeyName(name) ||
    rest.length > 0 ||
    bytes === null ||
    bytes.length < 5
  )
    throw new LogError("bad-note", "a malformed signature line")
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
}

/**
 * Opens a note with one known key and returns its text. Signatures of unknown keys are passed over, as the C2SP text asks;
 * one of the known key that does not verify, or a second one, refuses the note.
 *
 * @throws LogError as {@link parseNote}, and `not-signed`, `bad-signature`, `duplicate-signature`.
 */
export async function openNote(
  received: Uint8Array,
  key: VerifierKey,
  verify: VerifySignature,
): Promise<string> {
  const note = parseNote(received)
  const ours = note.signatures.filter((s) => s.name === key.name && equalBytes(s.keyId, key.id))
  const [signature] = ours
  if (signature === undefined) throw new LogError("not-signed", "no signature by the key given")
  if (ours.length > 1) throw new LogError("duplicate-signature", `${ours.length} signatures by one key`)
  const good = signature.signature.length === 64
  if (!good || !(await verify(key.publicKey, utf8Bytes(note.text), signature.signature)))
    throw new LogError("bad-signature", "the signature does not fit the text and the key given")
  return note.text
}

/** Signs `text` (ends in a newline, no blank line at its end) and returns the note's bytes. @throws LogError `bad-note`, `bad-key`. */
export async function signNote(text: string, signer: NoteSigner): Promise<Uint8Array> {
  const key = verifierKey(signer.name, signer.publicKey)
  const signature = await signer.sign(utf8Bytes(text))
  if (signature.length !== 64) throw new LogError("bad-signature", `signature of ${signature.length} bytes`)
  const note = utf8Bytes(`${text}\n— ${key.name} ${toBase64(concatBytes(key.id, signature))}\n`)
  if (parseNote(note).text !== text) throw new LogError("bad-note", "the text cannot stand in a note")
  return note
}
