import { fromBase64, toBase64 } from "../bytes/index.ts"
import { HASH_BYTES } from "./hash.ts"
import { isKeyName, type VerifierKey } from "./key.ts"
import { LogError } from "./log-error.ts"
import { type NoteSigner, openNote, signNote, type VerifySignature } from "./note.ts"

/** What a log promises by signing: this many entries, under this root. */
export interface Checkpoint {
  /** The log's name, the same as its key's. */
  readonly origin: string
  /** Number of entries, a safe integer. */
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** The text that is signed: origin, size in decimal, root in base64, one a line. Source: C2SP tlog-checkpoint. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
}

/**
 * Reads the text of a checkpoint, not yet verified.
 *
 * Accepted subset of C2SP tlog-checkpoint: exactly three lines (no extension lines: we write none, and one that we do not
 * understand could change what is promised), a size without leading zeros below 2^53, a canonical 32-byte root.
 *
 * @throws LogError `bad-checkpoint`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, sizeText, rootText, end, ...rest] = text.split("\n")
  if (
    origin === undefined ||
    sizeText === undefined ||
    rootText === undefined ||
    end !== "" ||
    rest.length > 0
  )
    throw new LogError("bad-checkpoint", "a checkpoint has three lines")
  const size = /^(0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  const root = fromBase64(rootText)
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || root === null || root.length !== HASH_BYTES)
    throw new LogError("bad-checkpoint", "malformed origin, size or root")
  return { origin, size, root }
}

/** Signs a checkpoint under its log's key. @returns the note's bytes. @throws LogError `wrong-origin`, as `signNote`. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<Uint8Array> {
  if (signer.name !== checkpoint.origin)
    throw new LogError("wrong-origin", "a log signs under its own name only")
  return signNote(formatCheckpoint(checkpoint), signer)
}

/**
 * Opens a signed checkpoint with the log's key, whose name must be the checkpoint's origin.
 *
 * @throws LogError as `openNote` and {@link parseCheckpoint}, and `wrong-origin`.
 */
export async function openCheckpoint(
  received: Uint8Array,
  key: VerifierKey,
  verify: VerifySignature,
): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(await openNote(received, key, verify))
  if (checkpoint.origin !== key.name) throw new LogError("wrong-origin", "the checkpoint is another log's")
  return checkpoint
}
